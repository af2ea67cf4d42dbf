import { indented } from './readable-body.js';

it('JSON is indented', () => {
  expect(indented('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
});

it('XML has a tag a line, and text beside its own tags', () => {
  const body = '<?xml version="1.0"?><a x="1"><b>1 &lt; 2</b><c/><d><e></e>\n</d></a>';
  expect(indented(body)).toBe(
    [
      '<?xml version="1.0"?>',
      '<a x="1">',
      '  <b>1 &lt; 2</b>',
      '  <c/>',
      '  <d>',
      '    <e></e>',
      '  </d>',
      '</a>',
    ].join('\n'),
  );
});

it.each(['{"a":', 'a=1', '12', '', '<p>some <b>bold</b> words</p>', '<a><b></a>', '<<a/>'])(
  '%j is left as it is',
  (body) => {
    expect(indented(body)).toBeUndefined();
  },
);
