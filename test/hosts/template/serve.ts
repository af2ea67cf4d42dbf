import type { INestApplication } from '@nestjs/common';

const EXITS_WITHIN_MS = 10_000;

/** Listens on a free port until it is told to close; then the process has to end by itself. */
export async function serve(app: INestApplication): Promise<void> {
  await app.listen(0, '127.0.0.1');
  process.once('message', () => {
    process.disconnect();
    void app.close().then(sayWhatStaysOpen);
  });
  process.send?.({ url: await app.getUrl() });
}

function sayWhatStaysOpen(): void {
  const timer = setTimeout(() => {
    console.error(`Still open after app.close(): ${process.getActiveResourcesInfo().join(', ')}`);
    process.exit(3);
  }, EXITS_WITHIN_MS);
  timer.unref();
}
