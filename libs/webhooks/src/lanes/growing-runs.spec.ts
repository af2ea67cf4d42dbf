import { growingRuns, mayGrow } from './growing-runs.js';

/** Steps that end when they are told to. */
class Steps {
  started = 0;
  private readonly ends: ((more: boolean) => void)[] = [];

  readonly step = (): Promise<boolean> => {
    this.started += 1;
    return new Promise((resolve) => this.ends.push(resolve));
  };

  end(more: boolean): void {
    this.ends.shift()?.(more);
  }

  endAll(): void {
    while (this.ends.length > 0) this.end(false);
  }
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('begins with one, and doubles after each look that finds that they may grow, up to the most', async () => {
  const steps = new Steps();
  const all = growingRuns(10, steps.step, () => true);
  const inFlight = [steps.started];
  for (let look = 0; look < 5; look += 1) {
    await jest.advanceTimersByTimeAsync(50);
    inFlight.push(steps.started);
  }
  expect(inFlight).toEqual([1, 2, 4, 8, 10, 10]);
  steps.endAll();
  await all;
});

it('stays at one while nothing says that more would help', async () => {
  const steps = new Steps();
  const all = growingRuns(10, steps.step, () => false);
  await jest.advanceTimersByTimeAsync(500);
  steps.end(true);
  await jest.advanceTimersByTimeAsync(500);
  // The second step is the next one of the run that has ended its first.
  expect(steps.started).toBe(2);
  steps.endAll();
  await all;
});

it('is never more than the most', async () => {
  const steps = new Steps();
  const all = growingRuns(1, steps.step, () => true);
  await jest.advanceTimersByTimeAsync(500);
  expect(steps.started).toBe(1);
  steps.endAll();
  await all;
});

it('waits for all of them, and those that came later, before it throws what one has thrown', async () => {
  const steps = new Steps();
  let begun = 0;
  const step = (): Promise<boolean> => (++begun === 2 ? Promise.reject(new Error('broken')) : steps.step());
  let ended = false;
  const all = growingRuns(4, step, () => true).finally(() => (ended = true));
  const thrown = expect(all).rejects.toThrow('broken');
  await jest.advanceTimersByTimeAsync(200);
  expect([steps.started, ended]).toEqual([3, false]);
  steps.end(false);
  steps.end(false);
  await jest.advanceTimersByTimeAsync(0);
  expect(ended).toBe(false);
  steps.end(false);
  await thrown;
});

it.each([
  ['a process that has time left', { sinceLastEndMs: 5, lastTookMs: 10 }, true, true],
  ['a busy process and a quick receiver', { sinceLastEndMs: 5, lastTookMs: 40 }, false, false],
  ['a busy process and a receiver that takes its time', { sinceLastEndMs: 5, lastTookMs: 150 }, false, true],
  ['a busy process and a receiver that does not answer', { sinceLastEndMs: 150, lastTookMs: 0 }, false, true],
])('of %s', (_, progress, hasSpareTime, expected) => {
  expect(mayGrow(progress, hasSpareTime)).toBe(expected);
});
