import type { EventEmitter } from 'node:events';

import type { DataSource } from 'typeorm';

/**
 * Keeps this process alive when the database ends a connection in the moment in which it is opened. TypeORM 1.1 listens
 * for a new connection's errors one promise after pg-pool has stopped to: if the server's "ready" and its "terminating
 * connection" arrive together, nobody listens, and an `error` that nobody hears ends the process
 * (https://github.com/brianc/node-postgres/issues/2762 is the same in another library).
 */
export function surviveCutsOfNewConnections({ driver }: DataSource): void {
  const { master } = driver as unknown as { master: EventEmitter };
  master.on('connect', (client: EventEmitter) => client.on('error', () => undefined));
}
