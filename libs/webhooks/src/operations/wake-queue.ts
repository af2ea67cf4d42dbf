import type { Queue } from 'bull';

const PATIENCE_MS = 1_000;

/** `down`: it does not answer. `paused`: somebody has paused the queue, and no lane is worked anywhere. */
export type QueueState = 'up' | 'down' | 'paused';

/** The Bull queue that carries the wakes, for those who ask how it is. Without Redis there is none. */
export class WakeQueue {
  private asking: Promise<QueueState> | undefined;

  constructor(private readonly queue?: Queue) {}

  /** Undefined without Redis. */
  async state(): Promise<QueueState | undefined> {
    if (!this.queue) return undefined;
    // A command to a Redis that is away waits in the client, and so would one for each question.
    if (this.queue.client.status !== 'ready') return 'down';
    this.asking ??= this.ask(this.queue).finally(() => (this.asking = undefined));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<QueueState>((resolve) => {
      timer = setTimeout(() => resolve('down'), PATIENCE_MS);
    });
    return Promise.race([this.asking, late]).finally(() => clearTimeout(timer));
  }

  private async ask(queue: Queue): Promise<QueueState> {
    try {
      return (await queue.isPaused()) ? 'paused' : 'up';
    } catch {
      return 'down';
    }
  }
}
