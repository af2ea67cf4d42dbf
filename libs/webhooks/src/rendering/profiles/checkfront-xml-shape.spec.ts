import { collapsed, stringed } from './checkfront-xml-shape.js';

describe('stringed', () => {
  it.each([
    [1, '1'],
    [0, '0'],
    [46.5, '46.5'],
    [true, '1'],
    [false, '0'],
    ['text', 'text'],
  ])('makes the scalar %p the text %p', (scalar, text) => {
    expect(stringed(scalar)).toBe(text);
  });

  it.each([[''], [null], [{}]])('makes the empty value %p an empty object', (empty) => {
    expect(stringed(empty)).toEqual({});
  });

  it('goes into lists and objects', () => {
    expect(stringed({ a: [1, { b: null }], c: { d: true } })).toEqual({ a: ['1', { b: {} }], c: { d: '1' } });
  });

  it('keeps an empty attribute an empty text', () => {
    expect(stringed({ '@attributes': { id: 7, none: null, empty: '' } })).toEqual({
      '@attributes': { id: '7', none: '', empty: '' },
    });
  });

  it('keeps keys that JavaScript would take for its own', () => {
    const value = JSON.parse('{"__proto__":1,"constructor":2}') as Record<string, number>;
    expect(JSON.stringify(stringed(value))).toBe('{"__proto__":"1","constructor":"2"}');
  });
});

describe('collapsed', () => {
  it('makes a list of one its only entry, however deep', () => {
    expect(collapsed({ items: { item: [{ sku: 'a', days: [['mon']] }] } })).toEqual({
      items: { item: { sku: 'a', days: 'mon' } },
    });
  });

  it('leaves a longer list a list', () => {
    expect(collapsed({ item: [{ a: 1 }, { a: [2] }] })).toEqual({ item: [{ a: 1 }, { a: 2 }] });
  });

  it('leaves an empty list out, and what held nothing else becomes empty', () => {
    expect(collapsed({ taxes: { tax: [] }, nested: [[], [[]]], some: [[], 1] })).toEqual({
      taxes: {},
      some: 1,
    });
  });
});
