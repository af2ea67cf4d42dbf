import type { INestApplication } from '@nestjs/common';

interface ExpressLayer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** What a running application answers to, read from Express itself: a route that is added later is there too. */
export function routesOf(app: INestApplication): string[] {
  const express = app.getHttpAdapter().getInstance() as { router: { stack: ExpressLayer[] } };
  return express.router.stack.flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`) : [],
  );
}
