import type { INestApplicationContext } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';

/** Takes hold of the engine of one process: to switch a mechanism off, or to be there at a point of it. */
export type Tampering = (app: INestApplicationContext, value: number | string | boolean) => void;

export type Methods = Record<string, (...input: unknown[]) => unknown>;

/** @throws Error when there is no provider of that name any more: what it stood for has to be found again */
export function engineProvider(app: INestApplicationContext, className: string): Methods {
  for (const module of app.get(ModulesContainer).values()) {
    for (const [token, { instance }] of module.providers) {
      const name = typeof token === 'function' ? token.name : String(token);
      if (name === className && instance) return instance as Methods;
    }
  }
  throw new Error(`The engine has no provider ${className}.`);
}

/** Puts something around a method of a provider. */
export function around(
  provider: Methods,
  method: string,
  replacement: (original: (...input: unknown[]) => unknown, ...input: unknown[]) => unknown,
): void {
  const original = provider[method]?.bind(provider);
  if (!original) throw new Error(`The engine has no method ${method}.`);
  provider[method] = (...input) => replacement(original, ...input);
}
