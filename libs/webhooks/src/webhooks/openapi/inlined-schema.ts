import type { JsonSchema } from '../../rendering/schemas/json-schema.js';
import { REST_SCHEMAS } from './rest-schemas.js';

const REFERENCE = '#/components/schemas/';

/**
 * A schema of the module's document as a host's takes it: without references, since a component of the name `Error` or `Delivery`
 * may be the host's own, and in the words of OpenAPI 3.0, which has `nullable` instead of a type `null`.
 */
export function inlined(schema: JsonSchema): Record<string, unknown> {
  const { $ref, anyOf, type, ...rest } = schema;
  if (typeof $ref === 'string') return inlined(REST_SCHEMAS[$ref.slice(REFERENCE.length)] ?? {});
  if (Array.isArray(anyOf)) {
    const [first = {}, ...others] = (anyOf as JsonSchema[]).filter((one) => one.type !== 'null');
    const nullable = others.length + 1 < anyOf.length ? { nullable: true } : {};
    if (others.length === 0) return { ...within(rest), ...inlined(first), ...nullable };
    return { ...within(rest), anyOf: [first, ...others].map(inlined), ...nullable };
  }
  if (!Array.isArray(type)) return { ...(type === undefined ? {} : { type }), ...within(rest) };
  const [named] = (type as string[]).filter((one) => one !== 'null');
  return { type: named, ...within(rest), ...(type.includes('null') && { nullable: true }) };
}

function within(rest: JsonSchema): Record<string, unknown> {
  const { properties, items, additionalProperties, allOf, ...plain } = rest as Record<string, JsonSchema>;
  return {
    ...plain,
    ...(properties && { properties: each(properties) }),
    ...(items && { items: inlined(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: inlined(additionalProperties) }),
    ...(Array.isArray(allOf) && { allOf: (allOf as JsonSchema[]).map(inlined) }),
  };
}

function each(properties: JsonSchema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, inlined(schema as JsonSchema)]),
  );
}
