import { readCsv } from './csv.js';
import { excerpt, readTimetable } from './timetable.js';

describe('the timetable', () => {
  it('is the 5,000 real flights of the data set, delays and early departures included', () => {
    const { flights } = readTimetable();
    expect(flights).toHaveLength(5_000);
    expect(flights[0]).toEqual({
      date: '2001/01/01 01:10',
      delay: 95,
      distance: 2399,
      origin: 'HNL',
      destination: 'SFO',
    });
    expect(flights.some(({ delay }) => delay < 0)).toBe(true);
  });

  it('knows the city of every airport that is flown from or to', () => {
    const { flights, cities } = readTimetable();
    const airports = new Set(flights.flatMap(({ origin, destination }) => [origin, destination]));
    expect([...airports].filter((iata) => !cities.get(iata))).toEqual([]);
    // Its line has a comma inside a quoted name, before the city.
    expect(cities.get('BTR')).toBe('Baton Rouge');
  });
});

describe('an excerpt of the timetable', () => {
  it.each([1, 7, 1_400, 1_667, 4_999, 5_000, 9_999])(
    'of %d flights reaches from its start to its end',
    (count) => {
      const whole = readTimetable();
      const { flights } = excerpt(whole, count);
      expect(flights).toHaveLength(Math.min(count, 5_000));
      expect(flights[0]).toEqual(whole.flights[0]);
      const gap = 5_000 - whole.flights.lastIndexOf(flights.at(-1) ?? whole.flights[0]!);
      expect(gap).toBeLessThanOrEqual(Math.ceil(5_000 / count));
    },
  );
});

describe('a CSV text', () => {
  it.each([
    ['plain fields', 'a,b\n1,2\n', [{ a: '1', b: '2' }]],
    ['a comma in a quoted field', 'a,b\n"1,5",2', [{ a: '1,5', b: '2' }]],
    ['doubled quotes in a quoted field', 'a,b\n"the ""old"" one",2', [{ a: 'the "old" one', b: '2' }]],
    ['empty fields', 'a,b,c\n,,3', [{ a: '', b: '', c: '3' }]],
    ['a line that is too short', 'a,b\n1', [{ a: '1', b: '' }]],
    ['carriage returns', 'a,b\r\n1,2\r\n', [{ a: '1', b: '2' }]],
    ['nothing', '', []],
  ])('is read with %s', (_, text, rows) => {
    expect(readCsv(text)).toEqual(rows);
  });
});
