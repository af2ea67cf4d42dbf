/** What a process offers to the one that forked it. */
export type Calls = Record<string, (...args: never[]) => unknown>;

export interface Request {
  id: number;
  name: string;
  args: never[];
}

export type Reply = { id: number; result: unknown } | { id: number; error: string };

/** Answers the parent's calls until it goes or asks to stop; says `ready` first. */
export function serve(calls: Calls, stop: () => Promise<void>): void {
  process.on('message', (request: Request) => void answer(calls, request));
  process.once('disconnect', () => void stop().finally(() => process.exit()));
  process.send?.('ready');
}

async function answer(calls: Calls, { id, name, args }: Request): Promise<void> {
  try {
    reply({ id, result: await calls[name]?.(...args) });
  } catch (error) {
    reply({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** A parent that has gone meanwhile is not worth an error. */
function reply(message: Reply): void {
  process.send?.(message, undefined, undefined, () => undefined);
}
