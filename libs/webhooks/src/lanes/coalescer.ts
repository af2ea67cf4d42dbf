interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Makes one statement of what many lanes ask for at the same time. While a statement runs, the next one's items gather;
 * an idle coalescer starts at once, unless all who wait have said that they are patient.
 */
export class Coalescer<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = 0;
  private hurried = false;
  private starting: NodeJS.Immediate | undefined;
  private patience: NodeJS.Timeout | undefined;

  /**
   * @param run answers each item, in their order
   * @param maxItems how many items one run may hold
   * @param runsAtOnce a further run starts while others are under way when it would be full
   */
  constructor(
    private readonly run: (items: Item[]) => Promise<Result[]>,
    private readonly maxItems: number,
    private readonly runsAtOnce = 1,
  ) {}

  /** @param patienceMs how long the item may wait for company; 0 starts at once */
  add(item: Item, patienceMs = 0): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      const full = this.waiting.length >= this.maxItems;
      this.hurried ||= patienceMs === 0 || full;
      if (this.running === 0) this.schedule(patienceMs);
      else if (full && this.running < this.runsAtOnce) this.start();
    });
  }

  private schedule(patienceMs: number): void {
    // The lanes that were woken together ask within one turn of the event loop.
    if (this.hurried) this.starting ??= setImmediate(() => this.start());
    else this.patience ??= setTimeout(() => this.start(), patienceMs);
  }

  private start(): void {
    clearTimeout(this.patience);
    clearImmediate(this.starting);
    this.patience = undefined;
    this.starting = undefined;
    this.running += 1;
    void this.drain();
  }

  private async drain(): Promise<void> {
    do {
      this.hurried = this.waiting.length > this.maxItems;
      const batch = this.waiting.splice(0, this.maxItems);
      try {
        const results = await this.run(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    } while (this.hurried);
    this.running -= 1;
    // Only the patient are left; they have waited for one run already.
    if (this.running === 0 && this.waiting.length > 0) this.schedule(PATIENT_AGAIN_MS);
  }
}

const PATIENT_AGAIN_MS = 20;
