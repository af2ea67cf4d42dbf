import { headerList, headersOf } from './header-list.js';

it('of headers with the same name the first one counts', () => {
  const list = headerList({ a: '1', b: '2' }, undefined, { b: 'other', c: '3' }, { a: 'other', C: '4' });
  expect(list).toEqual(['a', '1', 'b', '2', 'c', '3', 'C', '4']);
});

it('a value that looks like a name hides no header', () => {
  expect(headerList({ a: 'b' }, { b: '2' })).toEqual(['a', 'b', 'b', '2']);
});

it('a list tells its headers by their names, whatever these are', () => {
  const list = headerList(JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>);
  expect(Object.entries(headersOf(list))).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
  expect(headersOf([])).toEqual({});
});
