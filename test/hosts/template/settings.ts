/** What a row of the matrix asks of this host, from its environment. */
export interface Settings {
  platform: 'express' | 'fastify';
  database: Record<string, unknown>;
  entities: 'loaded' | 'listed';
  /** Whether the host runs the migrations as it starts, or somebody has run them before. */
  migrationsRun: boolean;
  /** Name of the second data source, where the module's tables and the bookings are. */
  dataSource?: string;
  /** The host's first data source, when it has two. */
  otherDatabase?: Record<string, unknown>;
  globalPrefix?: string;
  versioning?: boolean;
  appGuard?: boolean;
  strictPipe?: boolean;
  /** No Redis at all when left out. */
  redis?: {
    nodes: { host: string; port: number }[];
    cluster?: boolean;
    password?: string;
    prefix?: string;
  };
}

export const settings = JSON.parse(process.env.HOST ?? '{}') as Settings;
