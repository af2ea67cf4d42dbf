import { InvalidMessageError } from './invalid-message.error.js';
import { MessageCatalog } from './message-catalog.js';

const catalog = new MessageCatalog();

describe('a message', () => {
  it('comes in the language asked for', () => {
    expect(catalog.in('es')('booking.status.confirmed')).toBe('Confirmada');
    expect(catalog.in('ar')('booking.status.confirmed')).toBe('مؤكد');
  });

  it('comes in the nearest language there is, else in English', () => {
    expect(catalog.in('es-MX')('flight.status.cancelled')).toBe('Cancelado');
    expect(catalog.in('pt-PT')('flight.status.cancelled')).toBe('Cancelado');
    expect(catalog.in('ja')('flight.status.cancelled')).toBe('Cancelled');
    expect(catalog.in('no tag')('flight.status.cancelled')).toBe('Cancelled');
  });

  it("writes numbers by the reader's own conventions", () => {
    expect(catalog.in('es-ES')('duration.minutes', { minutes: 12_345 })).toBe('12.345 minutos');
    expect(catalog.in('es-MX')('duration.minutes', { minutes: 12_345 })).toBe('12,345 minutos');
    expect(catalog.in('ja')('duration.minutes', { minutes: 12_345 })).toBe('12,345 minutes');
  });

  it.each(['no.such.key', 'valueOf', '__proto__', 'constructor', ''])(
    'of an unknown key %j is the key',
    (key) => {
      expect(catalog.in('es')(key)).toBe(key);
      expect(catalog.in('valueOf')(key)).toBe(key);
    },
  );

  it('with a value missing is the key, and so is one with a value that cannot be shown', () => {
    const messages = catalog.in('es');
    expect(messages('flight.status.delayed')).toBe('flight.status.delayed');
    const odd = (duration: unknown) =>
      messages('flight.status.delayed', { duration } as { duration: string });
    expect(odd(undefined)).toBe('flight.status.delayed');
    expect(odd(null)).toBe('flight.status.delayed');
    expect(odd({ a: 1 })).toBe('flight.status.delayed');
    expect(odd({ toString: null })).toBe('flight.status.delayed');
  });
});

describe("a host's messages", () => {
  it('replace ours key by key, and leave the rest', () => {
    const messages = new MessageCatalog({ es: { 'flight.status.cancelled': 'Suspendido' } }).in('es-AR');
    expect(messages('flight.status.cancelled')).toBe('Suspendido');
    expect(messages('flight.status.landed')).toBe('Ha aterrizado');
  });

  it('add languages and keys; each key falls back by itself', () => {
    const host = new MessageCatalog({
      'PT-pt': { 'flight.status.landed': 'Aterrou' },
      ja: { 'flight.status.landed': '到着済み' },
      en: { 'host.greeting': 'Hello, {name}' },
    });
    expect(host.locales).toEqual(['en', 'es', 'de', 'fr', 'it', 'pt', 'ar', 'pt-PT', 'ja']);
    expect(host.in('pt-AO')('flight.status.landed')).toBe('Aterrou');
    expect(host.in('pt-PT')('flight.status.cancelled')).toBe('Cancelado');
    expect(host.in('pt-BR')('flight.status.landed')).toBe('Pousou');
    expect(host.in('ja-JP')('flight.status.landed')).toBe('到着済み');
    expect(host.in('ja')('flight.status.cancelled')).toBe('Cancelled');
    expect(host.in('fr')('host.greeting', { name: '<b>Zoë</b> {x} #' })).toBe('Hello, <b>Zoë</b> {x} #');
  });

  it('may hold what looks like markup', () => {
    const host = new MessageCatalog({ en: { a: 'fewer than {n} <b> a < b', b: "it's '{quoted}'" } });
    expect(host.in('en')('a', { n: 3 })).toBe('fewer than 3 <b> a < b');
    expect(host.in('en')('b')).toBe("it's {quoted}");
  });

  it('that cannot be formatted give way to the next language', () => {
    const host = new MessageCatalog({
      es: { 'flight.status.delayed': '{other} tarde' },
      tlh: { x: '{n, number}' },
    });
    expect(host.in('es')('flight.status.delayed', { duration: '5 min' })).toBe('Delayed by 5 min');
    expect(host.in('tlh')('x', { n: 1234.5 })).toBe('1,234.5');
  });

  it.each([
    ['{duration', 'EXPECT_ARGUMENT_CLOSING_BRACE', { line: 1, column: 1 }],
    ['Retraso\nde {duration', 'EXPECT_ARGUMENT_CLOSING_BRACE', { line: 2, column: 4 }],
    ['{n, plural, one {#}}', 'MISSING_OTHER_CLAUSE', { line: 1, column: 20 }],
    ['{n, nonsense}', 'INVALID_ARGUMENT_TYPE', { line: 1, column: 5 }],
    ['{}', 'EMPTY_ARGUMENT', { line: 1, column: 1 }],
  ])('with the syntax error %j are refused at once, naming locale, key and place', (text, kind, position) => {
    const refused = refusal({ es: { 'booking.status.pending': 'bien', 'flight.status.delayed': text } });
    expect(refused).toMatchObject({
      code: 'INVALID_MESSAGE',
      locale: 'es',
      key: 'flight.status.delayed',
      position,
    });
    expect(refused.message).toContain(
      `The message 'flight.status.delayed' of locale 'es' is refused at line ${position.line}, column ${position.column}: ${kind}`,
    );
  });

  it('under a locale that is none, or that are no text, are refused', () => {
    expect(refusal({ es_MX: {} }).message).toBe(
      "The locale 'es_MX' is refused: it is not a BCP 47 tag; write tags like 'en' or 'es-MX'.",
    );
    expect(refusal({ es: { a: 1 as unknown as string } }).message).toBe(
      "The message 'a' of locale 'es' is refused: it is a number; pass a string.",
    );
  });
});

function refusal(messages: Record<string, Record<string, string>>): InvalidMessageError {
  try {
    new MessageCatalog(messages);
  } catch (error) {
    if (error instanceof InvalidMessageError) return error;
    throw error;
  }
  throw new Error('The messages were accepted.');
}
