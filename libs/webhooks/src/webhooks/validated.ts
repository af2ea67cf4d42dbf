import { ValidationPipe } from '@nestjs/common';
import type { PipeTransform, Type } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { getMetadataStorage } from 'class-validator';
import { distance } from 'fastest-levenshtein';

import type { FieldError } from '../webhooks.errors.js';
import { InvalidInputError } from '../webhooks.errors.js';
import type { FieldRule } from './field-rules.js';
import { described, FIELD_RULE } from './field-rules.js';

/** Deepest is a header's value: body, `headers`, value. Anything deeper would only exhaust a validator's stack. */
const MAX_DEPTH = 4;

/** What PostgreSQL cannot store as text: NUL, and halves of surrogate pairs. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/**
 * Reads what a stranger sent as a `Dto`. It names its type itself, so it works beside whatever global pipe the host has
 * and without emitted decorator metadata.
 *
 * @param elsewhere fields that are refused here, with where to change them instead
 */
export function validated<Dto extends object>(
  dto: Type<Dto>,
  elsewhere: Record<string, string> = {},
): PipeTransform<unknown, Promise<Dto>> & { read: (value: object) => Promise<Dto> } {
  const pipe = new ValidationPipe({
    expectedType: dto,
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) =>
      new InvalidInputError(errors.map((error) => fieldError(error, dto, elsewhere))),
  });
  const read = async (value: unknown): Promise<Dto> => {
    refuseOddShapes(value);
    return (await pipe.transform(value, { type: 'body' })) as Dto;
  };
  return { transform: read, read };
}

function fieldError(error: ValidationError, dto: Type, elsewhere: Record<string, string>): FieldError {
  const rule = error.contexts?.[FIELD_RULE] as FieldRule | undefined;
  if (!rule) return unknownField(error.property, dto, elsewhere);
  const value: unknown = error.value;
  return {
    field: error.property,
    reason: rule.refusal(value) ?? 'is not accepted',
    expected: typeof rule.expected === 'string' ? rule.expected : rule.expected(value),
  };
}

function unknownField(name: string, dto: Type, elsewhere: Record<string, string>): FieldError {
  const known = fieldsOf(dto);
  const field = name.slice(0, 64);
  const near = known.filter((candidate) => distance(field.toLowerCase(), candidate.toLowerCase()) <= 3);
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

function refuseOddShapes(value: unknown): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'object' || Array.isArray(value)) {
    const reason = `${described(value)} is not an object`;
    throw new InvalidInputError([{ field: 'body', reason, expected: 'send a JSON object' }]);
  }
  const errors = Object.entries(value).flatMap(([field, part]) => oddShape(field, part));
  if (errors.length > 0) throw new InvalidInputError(errors);
}

/** A loop, not a recursion: how deep a body goes is the sender's choice. */
function oddShape(field: string, root: unknown): FieldError[] {
  const pending: { value: unknown; depth: number }[] = [{ value: root, depth: 2 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth } = next;
    if (depth > MAX_DEPTH) {
      return [
        { field: field.slice(0, 64), reason: 'is nested too deeply', expected: 'send the documented shape' },
      ];
    }
    const texts =
      typeof value === 'string' ? [value] : typeof value === 'object' ? Object.keys(value ?? {}) : [];
    if (texts.some((part) => UNSTORABLE.test(part))) {
      const reason = 'holds a NUL character or half of a surrogate pair';
      return [{ field: field.slice(0, 64), reason, expected: 'send well-formed text' }];
    }
    if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) pending.push({ value: part, depth: depth + 1 });
    }
  }
  return [];
}
