import { readable, sidesOf, textOf } from './sides.js';

const german = { profile: 'octo-notification', format: 'xml', locale: 'de', capabilities: [] };
const priced = { ...german, profile: 'octo', capabilities: ['octo/pricing', 'octo/content'] };

describe('the sides of a preview', () => {
  it('are read from the address as they were written', () => {
    expect(sidesOf(textOf([german, priced]), [])).toEqual([german, priced]);
  });

  it('are the usual ones when the address names none, and at most three', () => {
    expect(sidesOf(undefined, [german])).toEqual([german]);
    expect(sidesOf(textOf([german, german, german, german]), [])).toHaveLength(3);
  });
});

describe('a body to read', () => {
  it('is indented when it is JSON, and a field a line when it is a form', () => {
    expect(readable('{"a":[1]}', 'application/json')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(readable('a%5B0%5D=x+y&b=%26', 'application/x-www-form-urlencoded')).toBe('a[0]=x y\nb=&');
  });

  it('stays as it is when it does not parse', () => {
    expect(readable('{"a":', 'application/json')).toBe('{"a":');
    expect(readable('a=%E0%A4', 'application/x-www-form-urlencoded')).toBe('a=%E0%A4');
    expect(readable('<a/>', 'application/xml')).toBe('<a/>');
  });
});
