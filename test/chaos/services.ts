/** A server that a scenario may take away. */
export interface Server {
  url: string;
  /** Resolves when the server has gone, or has got a SIGSTOP or SIGCONT. */
  signal(name: NodeJS.Signals): Promise<void>;
  /** On the same port: PostgreSQL with its data, Redis without any. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

export interface Services {
  postgres: Server;
  redis: Server;
}

/** Servers of the run's own: the environment's are never harmed. */
export async function startServices(): Promise<Services> {
  const path = new URL('../../../scripts/services/services.mjs', import.meta.url).href;
  const { startOwnServices } = (await import(path)) as { startOwnServices: () => Promise<Services> };
  return startOwnServices();
}
