import type { PipeTransform, Type } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { getMetadataStorage } from 'class-validator';
import { distance } from 'fastest-levenshtein';

import type { EventCatalog } from '../catalog/event-catalog.js';
import type { FieldError } from '../webhooks.errors.js';
import { InvalidInputError } from '../webhooks.errors.js';
import type { FieldRule } from './field-rules.js';
import { FIELD_RULE } from './field-rules.js';
import { oddShapes } from './odd-shapes.js';
import { BUILT_IN, CatalogPipe } from './validated-against.js';

/** A body can name thousands of unknown fields; the answer need not. */
const MAX_ERRORS = 20;

/** Input of one kind. As a pipe it knows nothing that a host added: for input that names no event types. */
export interface Validated<Dto> extends PipeTransform<unknown, Promise<Dto>> {
  /** @throws InvalidInputError naming every field that is refused */
  read(value: unknown, catalog: EventCatalog): Promise<Dto>;
}

/**
 * Reads what a stranger sent as a `Dto`. It names its type itself, so it works beside whatever global pipe the host has
 * and without emitted decorator metadata.
 *
 * @param elsewhere fields that are refused here, with where to change them instead
 */
export function validated<Dto extends object>(
  dto: Type<Dto>,
  elsewhere: Record<string, string> = {},
): Validated<Dto> {
  const pipes = new WeakMap<EventCatalog, CatalogPipe>();
  const pipeFor = (catalog: EventCatalog): CatalogPipe => {
    const pipe = pipes.get(catalog) ?? pipeOf(dto, elsewhere, catalog);
    pipes.set(catalog, pipe);
    return pipe;
  };
  const read = async (value: unknown, catalog: EventCatalog): Promise<Dto> => {
    const odd = oddShapes(value).slice(0, MAX_ERRORS);
    if (odd.length > 0) throw new InvalidInputError(odd);
    return (await pipeFor(catalog).transform(value, { type: 'body' })) as Dto;
  };
  return { read, transform: (value) => read(value, BUILT_IN) };
}

function pipeOf(dto: Type, elsewhere: Record<string, string>, catalog: EventCatalog): CatalogPipe {
  return new CatalogPipe(catalog, {
    expectedType: dto,
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) =>
      new InvalidInputError(
        errors.slice(0, MAX_ERRORS).map((error) => fieldError(error, dto, elsewhere, catalog)),
      ),
  });
}

function fieldError(
  error: ValidationError,
  dto: Type,
  elsewhere: Record<string, string>,
  catalog: EventCatalog,
): FieldError {
  const rule = error.contexts?.[FIELD_RULE] as FieldRule | undefined;
  if (!rule) return unknownField(error.property, dto, elsewhere);
  const value: unknown = error.value;
  return {
    field: error.property,
    reason: rule.refusal(value, catalog) ?? 'is not accepted',
    expected: typeof rule.expected === 'string' ? rule.expected : rule.expected(value, catalog),
  };
}

function unknownField(name: string, dto: Type, elsewhere: Record<string, string>): FieldError {
  const known = fieldsOf(dto);
  const field = name.slice(0, 64);
  const away = (candidate: string) => distance(field.toLowerCase(), candidate.toLowerCase());
  const near = known.filter((candidate) => away(candidate) <= 3).sort((a, b) => away(a) - away(b));
  const expected = near.length > 0 ? `did you mean ${list(near)}?` : `the fields here are ${list(known)}`;
  return {
    field,
    reason: 'is not a field of this request',
    expected: Object.hasOwn(elsewhere, name) ? (elsewhere[name] ?? expected) : expected,
  };
}

function fieldsOf(dto: Type): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  return [...new Set(rules.map((rule) => rule.propertyName))];
}

function list(names: string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
