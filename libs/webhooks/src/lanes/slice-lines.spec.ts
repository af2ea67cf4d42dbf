import type { DueDelivery } from './lane-reader.js';
import type { Reading } from './slice-lines.js';
import { SliceLines } from './slice-lines.js';

const line = (id: string) => [{ id }] as DueDelivery[];
const reading = (full: boolean, ...ids: string[]): Reading => ({ lines: ids.map(line), full });

async function all(lines: SliceLines): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  for (let next = await lines.next(); next; next = await lines.next()) ids.push(next[0]?.id);
  return ids;
}

it('lines go on with what is read ahead until a look finds fewer than it asked for', async () => {
  const looks = [reading(true, 'c', 'd'), reading(false, 'e')];
  const lines = new SliceLines(reading(true, 'a', 'b'), 1, () =>
    Promise.resolve(looks.shift() ?? reading(false)),
  );

  expect(await all(lines)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(looks).toEqual([]);
});

it('nothing is read ahead when the first look has found all', async () => {
  const more = jest.fn(() => Promise.resolve(reading(false)));

  expect(await all(new SliceLines(reading(false, 'a', 'b'), 8, more))).toEqual(['a', 'b']);
  expect(more).not.toHaveBeenCalled();
});

it('a look ahead that fails ends the reading, and neither the lines nor the process', async () => {
  const unheard = jest.fn();
  process.once('unhandledRejection', unheard);
  const lines = new SliceLines(reading(true, 'a', 'b', 'c'), 8, () =>
    Promise.reject(new Error('no database')),
  );

  expect(await lines.next()).toEqual(line('a'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(await all(lines)).toEqual(['b', 'c']);
  process.off('unhandledRejection', unheard);
  expect(unheard).not.toHaveBeenCalled();
});
