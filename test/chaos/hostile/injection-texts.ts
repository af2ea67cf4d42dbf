/** What is more than a text to somebody: a database, a browser, a shell, a spreadsheet, a log. */
export const TEXTS = [
  "'; DROP TABLE webhook; --",
  "' OR '1'='1",
  '1; SELECT pg_sleep(30)',
  '%',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
  ']]>',
  'a\r\nx-injected: 1',
  'a\nError: forged line',
  '\r\n\r\nHTTP/1.1 200 OK\r\n',
  "=cmd|' /C calc'!A0",
  '@SUM(1+1)',
  '{{7*7}}',
  '${7*7}',
  '#{7*7}',
  '${jndi:ldap://127.0.0.2/x}',
  '../../etc/passwd',
  'a\u0000b',
  '\u202egnp.exe',
  '\u001b[31mred',
  '\ud800',
  'x'.repeat(5_000),
];
/** The beginning of an object that changes every object, where it is taken in. */
export const POLLUTION =
  '{"__proto__":{"status":"inactive","retryOnError":false},"constructor":{"prototype":{"status":"inactive"}}';

/** A text in the shapes that a field takes. */
export function inField(field: string, text: string): unknown[] {
  if (field === 'headers') return [{ 'x-note': text }, { [text]: 'x' }];
  if (field === 'filters') return [{ field: text, equals: text }, { [text]: text }];
  if (field === 'url') return [text, `http://127.0.0.1:9/${text}`, `http://127.0.0.1:9/?q=${text}`];
  if (field.endsWith('s') && field !== 'headers') return [text, [text]];
  return [text];
}

/** A text as far as a header can carry it. */
export function inHeader(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');
}
