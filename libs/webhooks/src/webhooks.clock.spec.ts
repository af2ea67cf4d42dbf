import { DatabaseClock } from './webhooks.clock.js';

/** A machine whose clock says `system`, and a database that says `database`, both at monotonic time 0. */
function machine({ system = 1_000_000, database = 2_000_000 } = {}) {
  const time = { monotonic: 0, database, roundTripMs: 2 };
  const clock = new DatabaseClock({
    monotonic: () => time.monotonic,
    system: () => system + time.monotonic,
    database: () => {
      time.monotonic += time.roundTripMs / 2;
      const answer = time.database + time.monotonic;
      time.monotonic += time.roundTripMs / 2;
      return Promise.resolve(answer);
    },
  });
  const measure = async (roundTripMs: number) => {
    time.roundTripMs = roundTripMs;
    await clock.measure();
  };
  return { time, clock, measure, truth: () => time.database + time.monotonic };
}

it('says the machine’s time until the database has been asked', () => {
  expect(machine().clock.now()).toBe(1_000_000);
});

it('says the database’s time from the first answer on, and goes on with the monotonic clock', async () => {
  const { clock, measure, time, truth } = machine();
  await measure(2);
  time.monotonic += 60_000;
  expect(clock.now()).toBe(truth());
  expect(clock.systemIsAheadBy).toBe(-1_000_000);
});

it('a slow answer that could be right does not spoil a good offset', async () => {
  const { clock, measure, time, truth } = machine();
  await measure(2);
  time.database += 40;
  await measure(100);
  expect(clock.now()).toBe(truth() - 40);
});

it('an offset that a slow answer proves wrong is given up', async () => {
  const { clock, measure, time, truth } = machine();
  await measure(2);
  time.database += 5_000;
  await measure(100);
  expect(clock.now()).toBe(truth());
});

it('an old offset gives way to an answer that was a little slower', async () => {
  const { clock, measure, time, truth } = machine();
  await measure(2);
  time.monotonic += 100_000;
  time.database += 5;
  await measure(20);
  expect(clock.now()).toBe(truth());
});

it('a small correction holds the time still, a great one is followed', async () => {
  const { clock, measure, time, truth } = machine();
  await measure(2);
  const before = clock.now();
  time.database -= 500;
  await measure(2);
  expect(clock.now()).toBe(before);
  time.database -= 3_600_000;
  await measure(2);
  expect(clock.now()).toBe(truth());
});
