import { DataSource } from 'typeorm';

import { columnArrays, unnested } from './column-arrays.js';

const COLUMNS = { text: 'text', number: 'bigint', flag: 'boolean' };

let dataSource: DataSource;

beforeAll(async () => {
  dataSource = await new DataSource({ type: 'postgres', url: process.env.DATABASE_URL }).initialize();
});

afterAll(() => dataSource.destroy());

it('brings every text to the database as it was', async () => {
  const texts = [
    'plain',
    '01a204ab-1141-7195-b3c0-e2245a69e41b',
    '',
    ' ',
    'NULL',
    'null',
    '{}',
    'a,b',
    '"quoted"',
    'back\\slash',
    '\\"',
    "it's",
    'two\nlines',
    'Zürich 東京 🛫',
    null,
  ];
  const rows = texts.map((text, number) => ({ text, number }));
  const found = await dataSource.query<{ text: string | null; number: string; flag: boolean | null }[]>(
    `SELECT * FROM ${unnested('row', COLUMNS)}`,
    columnArrays(COLUMNS, rows),
  );
  expect(found).toEqual(texts.map((text, number) => ({ text, number: String(number), flag: null })));
});

it('brings numbers and truth values, and nothing of no rows', async () => {
  const read = (rows: { number: number; flag?: boolean }[]) =>
    dataSource.query<unknown[]>(`SELECT * FROM ${unnested('row', COLUMNS)}`, columnArrays(COLUMNS, rows));
  await expect(
    read([
      { number: 2 ** 53 - 1, flag: true },
      { number: -1, flag: false },
    ]),
  ).resolves.toEqual([
    { text: null, number: '9007199254740991', flag: true },
    { text: null, number: '-1', flag: false },
  ]);
  await expect(read([])).resolves.toEqual([]);
});
