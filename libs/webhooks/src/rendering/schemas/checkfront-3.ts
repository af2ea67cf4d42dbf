import { checkfrontSubject, checkfrontWords } from './checkfront-words.js';
import type { BodySchema, JsonSchema } from './json-schema.js';
import { ANY_OBJECT, each, object, oneOfWords, TEXT } from './json-schema.js';

/** What is empty in XML is an empty object. */
const EMPTY: JsonSchema = { type: 'object', maxProperties: 0 };
const SCALAR: JsonSchema = { anyOf: [TEXT, EMPTY] };
const attributes = (...names: string[]) => object(each(names, TEXT));
/** A list of one is its only entry, an empty one is not there. */
const collapsing = (item: JsonSchema): JsonSchema => ({
  anyOf: [item, { type: 'array', items: item, minItems: 2 }],
});
const wrapped = (name: string, item: JsonSchema) => object({}, { [name]: collapsing(item) });

const orderItem = object({
  '@attributes': attributes('line_id', 'item_id'),
  ...each(['start_date', 'end_date', 'sku', 'slip', 'package_id'], SCALAR),
  ...each(['status', 'total', 'tax_total', 'qty'], SCALAR),
});

const order = object({
  '@attributes': attributes('currency_id'),
  ...each(['sub_total', 'tax_total', 'paid_total', 'total'], SCALAR),
  taxes: wrapped('tax', object({ '@attributes': attributes('tax_id'), ...each(['name', 'amount'], SCALAR) })),
  items: wrapped('item', orderItem),
});

const booking = object({
  '@attributes': attributes('booking_id'),
  status: oneOfWords('PEND', 'HOLD', 'PART', 'PAID', 'WAIT', 'STOP', 'VOID'),
  ...each(['code', 'tid', 'created_date', 'staff_id', 'source_ip', 'start_date', 'end_date'], SCALAR),
  customer: object(
    each(['code', 'name', 'email', 'region', 'address', 'city', 'country', 'phone', 'postal_zip'], SCALAR),
  ),
  fields: ANY_OBJECT,
  meta: object(each(['note', 'mobile_device'], SCALAR)),
  order,
});

const SUBJECTS: Partial<Record<string, JsonSchema>> = {
  transaction: object({
    ...each(['transaction_id', 'date', 'status', 'amount'], SCALAR),
    ...each(['gateway_id', 'payment_type', 'booking_id'], SCALAR),
  }),
  item: object({
    ...each(['item_id', 'sku', 'name', 'url', 'summary', 'details', 'category_id', 'stock'], SCALAR),
    ...each(['unlimited', 'status', 'type'], SCALAR),
  }),
  rate: object({
    ...each(['rate_id', 'name', 'start_date', 'end_date', 'status', 'type', 'enabled'], SCALAR),
    apply_to: wrapped('items', object({ id: SCALAR })),
  }),
  calendar: object(each(['item_id', 'option_id', 'start_date', 'end_date', 'status', 'available'], SCALAR)),
};

/** The bodies that Checkfront makes from its XML. */
export function checkfront3Schema(type: string): BodySchema {
  const subject = checkfrontSubject(type);
  if (subject === 'booking') {
    const schema = object({
      '@attributes': object({ version: { const: '3.0' }, host: TEXT }),
      booking,
    });
    return { name: 'checkfront-3.booking', schema };
  }
  const [kind = '', ...action] = (checkfrontWords(type)[0] ?? '').split('.');
  const about = { [subject ?? 'data']: (subject && SUBJECTS[subject]) ?? ANY_OBJECT };
  const schema = object({
    version: { const: '3.0' },
    host: SCALAR,
    type: { const: kind },
    action: { const: action.join('.') },
    ...about,
  });
  return { name: `checkfront-3.${subject ?? type}`, schema };
}
