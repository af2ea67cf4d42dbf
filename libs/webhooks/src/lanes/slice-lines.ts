import type { DueDelivery } from './lane-reader.js';

/** What a look for due deliveries has found. */
export interface Reading {
  /** Each line's deliveries go one after another, the lines beside each other. */
  lines: DueDelivery[][];
  /** There were as many as were asked for: more are due. */
  full: boolean;
}

/** The lines of a slice that nobody has begun. While there are more, the next ones are read as the last ones are worked. */
export class SliceLines {
  private readonly waiting: DueDelivery[][];
  private full: boolean;
  private reading: Promise<void> | undefined;

  /** @param ahead so few lines that wait are few enough to read on */
  constructor(
    first: Reading,
    private readonly ahead: number,
    private readonly more: () => Promise<Reading>,
  ) {
    this.waiting = [...first.lines];
    this.full = first.full;
  }

  /** Undefined when there are none, or no more that were read ahead. */
  async next(): Promise<DueDelivery[] | undefined> {
    if (this.full && this.waiting.length <= this.ahead) this.reading ??= this.read();
    if (this.waiting.length === 0) await this.reading;
    return this.waiting.shift();
  }

  private async read(): Promise<void> {
    // Not told: nobody may be waiting for it, and who has worked the rest asks once more, and hears of it then.
    const { lines, full } = await this.more().catch((): Reading => ({ lines: [], full: false }));
    this.waiting.push(...lines);
    this.full = full;
    this.reading = undefined;
  }
}
