/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The body of one event type, under a name that all types with the same body share. */
export interface BodySchema {
  name: string;
  schema: JsonSchema;
}

/** What bodies a profile makes. */
export type BodySchemaOf = (type: string) => BodySchema;

type Properties = Readonly<Record<string, JsonSchema>>;

export const TEXT: JsonSchema = { type: 'string' };
export const NUMBER: JsonSchema = { type: 'number' };
export const WHOLE: JsonSchema = { type: 'integer' };
export const FLAG: JsonSchema = { type: 'boolean' };
export const INSTANT: JsonSchema = { type: 'string', format: 'date-time' };
export const UUID: JsonSchema = { type: 'string', format: 'uuid' };
export const TEXT_OR_NULL: JsonSchema = { type: ['string', 'null'] };
/** An id as the host has it. */
export const ID_OR_NULL: JsonSchema = { type: ['string', 'integer', 'number', 'null'] };
/** An object of the host's own making. */
export const ANY_OBJECT: JsonSchema = { type: 'object' };

/** An object with what is always in it and what may be; receivers do well to allow for more. */
export function object(always: Properties, sometimes: Properties = {}): JsonSchema {
  return { type: 'object', required: Object.keys(always), properties: { ...always, ...sometimes } };
}

export function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

export function oneOfWords(...words: string[]): JsonSchema {
  return { type: 'string', enum: words };
}

export function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

/** The same schema for each of several properties. */
export function each(names: readonly string[], schema: JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(names.map((name) => [name, schema]));
}

/** The noun that an event's type is about. */
export function nounOf(type: string): string {
  return type.split('.')[0] ?? type;
}
