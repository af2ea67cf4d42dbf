import fc from 'fast-check';
import { EVENT_TYPES } from 'nestjs-booking-webhooks';

import { nastyText } from './nasty-values.js';

/** What a host passes to `publish`; its compiler would have refused some of it. */
export interface EventInput {
  event: unknown;
  /** The JSON of its data, when it is an event that must be stored. */
  expected?: unknown;
}

const CONTRACT = 'C-PUBLISH';
const type = fc.constantFrom(...EVENT_TYPES.map(({ name }) => name));

const leaf = fc.oneof(
  nastyText.map((text) => text.slice(0, 5_000)),
  fc.double(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constantFrom<unknown>(null, undefined, -0, Infinity, NaN),
  fc.date({ noInvalidDate: false }),
  fc.constantFrom<unknown>(() => 1, Symbol('s'), /x/, new Map([[1, 2]]), Buffer.from('x'), new Error('e')),
);
const tree = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 5 }, leaf, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(
    fc.oneof(
      nastyText.map((text) => text.slice(0, 200)),
      fc.constantFrom('__proto__', 'toJSON', 'constructor', '1', '0'),
    ),
    tie('value'),
    { maxKeys: 5 },
  ),
}));
const unserializable = fc.constantFrom<() => unknown>(
  () => ({ amount: 10n }),
  () => cyclic(),
  () => ({ toJSON: () => 'a text' }),
  () => ({
    get broken() {
      throw new Error('a getter of the host');
    },
  }),
  () => nested(200_000),
  () => [],
  () => 'a text',
  () => null,
  () => undefined,
  () => 7,
);

function cyclic(): unknown {
  const booking: Record<string, unknown> = { id: 'B-1' };
  booking.self = booking;
  return { booking };
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { value };
  return value;
}

const data = fc.oneof(
  { weight: 5, arbitrary: tree.object },
  { weight: 2, arbitrary: tree.object.map((booking) => ({ booking })) },
  { weight: 1, arbitrary: fc.constantFrom(10, 900).map(nested) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(10, 500).map((entries) => ({ list: Array<string>(entries).fill('€') })),
  },
);
const odd = fc.oneof(leaf, tree.value, nastyText, fc.constantFrom<unknown>(null, {}, [], 0, ''));
const optional = {
  eventKey: odd,
  resourceKey: odd,
  occurredAt: odd,
  originator: odd,
  accountContext: odd,
  contactLocales: fc.oneof(odd, fc.array(odd, { maxLength: 3 })),
  previous: odd,
  contractId: odd,
  type: odd,
};

const fine = fc.tuple(type, data).map(([name, content]): EventInput => {
  const event = { type: name, contractId: CONTRACT, data: content };
  // A toJSON of the host's can make anything of its data.
  const text: string | undefined = JSON.stringify(content);
  return text?.startsWith('{') ? { event, expected: JSON.parse(text) as unknown } : { event };
});
const oneThingOff = fc
  .tuple(
    type,
    data,
    fc
      .constantFrom(...(Object.keys(optional) as (keyof typeof optional)[]))
      .chain((name) => optional[name].map((value) => [name, value] as const)),
  )
  .map(([name, content, [field, value]]): EventInput => ({
    event: { type: name, contractId: CONTRACT, data: content, [field]: value },
  }));
const badData = fc
  .tuple(type, unserializable)
  .map(([name, make]): EventInput => ({ event: { type: name, contractId: CONTRACT, data: make() } }));

/** Events that must be stored, events with one thing off, and no events at all. */
export const eventInputs: fc.Arbitrary<EventInput> = fc.oneof(
  { weight: 6, arbitrary: fine },
  { weight: 6, arbitrary: oneThingOff },
  { weight: 1, arbitrary: badData },
  {
    weight: 1,
    arbitrary: odd.filter((value) => !Array.isArray(value)).map((event): EventInput => ({ event })),
  },
);
