import { applyDecorators } from '@nestjs/common';
import type { ValidationArguments } from 'class-validator';
import { IsOptional, isISO8601, ValidateBy, ValidateIf } from 'class-validator';

import type { EventCatalog } from '../catalog/event-catalog.js';
import { filterFault } from '../catalog/event-filter.js';
import { catalogOf } from './validated-against.js';

/** What one field of a request may hold. Reasons quote the value unless it can carry a credential. */
export interface FieldRule {
  /** Why the value is refused, undefined when it is fine. */
  refusal: (value: unknown, catalog: EventCatalog) => string | undefined;
  /** What would be accepted. */
  expected: string | ((value: unknown, catalog: EventCatalog) => string);
}

export const FIELD_RULE = 'fieldRule';

export function required(rule: FieldRule): PropertyDecorator {
  const validate = (value: unknown, args?: ValidationArguments) =>
    rule.refusal(value, catalogOf(args?.object)) === undefined;
  return ValidateBy(
    { name: FIELD_RULE, validator: { validate } },
    // class-validator drops the context of an error without a message.
    { message: 'is refused', context: rule },
  );
}

export function optional(rule: FieldRule): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_object, value) => value !== undefined),
    required(rule),
  );
}

/** Like {@link optional}, and null takes the value away. */
export function nullable(rule: FieldRule): PropertyDecorator {
  return applyDecorators(IsOptional(), required(rule));
}

export function text(maxLength: number, example?: string): FieldRule {
  return {
    refusal: (value) => refusedText(value, maxLength),
    expected: `send a text of 1 to ${maxLength} characters${example ? `, for example ${example}` : ''}`,
  };
}

/** A text whose value is not repeated, because it may carry credentials. */
export function secretText(maxLength: number, expected: string): FieldRule {
  return {
    refusal: (value) => {
      if (typeof value !== 'string') return value === undefined ? 'is missing' : 'is not a text';
      if (value === '') return 'is empty';
      return value.length > maxLength ? `has ${value.length} characters` : undefined;
    },
    expected,
  };
}

export function oneOf(...words: string[]): FieldRule {
  const list = words.map((word) => `'${word}'`).join(', ');
  return {
    refusal: (value) =>
      typeof value === 'string' && words.includes(value)
        ? undefined
        : `${described(value)} is not available here`,
    expected: words.length === 1 ? `send ${list} or leave it out` : `send one of ${list}`,
  };
}

export const flag: FieldRule = {
  refusal: (value) =>
    typeof value === 'boolean' ? undefined : `${described(value)} is neither true nor false`,
  expected: 'send true or false',
};

/** @param otherwise what else would be accepted, said first */
export function wholeNumber(min: number, max: number, otherwise = ''): FieldRule {
  return {
    refusal: (value) => {
      if (typeof value !== 'number' || !Number.isInteger(value))
        return `${described(value)} is not a whole number`;
      return value < min || value > max ? `${value} is out of range` : undefined;
    },
    expected: `${otherwise || 'send '}a whole number from ${min} to ${max}`,
  };
}

/** BCP 47; the database keeps 35 characters, as many as RFC 5646 asks of those who store tags. */
export const languageTag: FieldRule = {
  refusal: (value) => {
    if (typeof value !== 'string') return `${described(value)} is not a text`;
    const tag = canonicalLanguageTag(value);
    if (tag === undefined) return `${described(value)} is not a language tag`;
    return tag.length > 35 ? `${described(value)} is longer than 35 characters` : undefined;
  },
  expected: "send a BCP 47 language tag, for example 'en', 'pt-BR' or 'zh-Hant'",
};

export function canonicalLanguageTag(value: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(value)[0];
  } catch {
    return undefined;
  }
}

/** One event type or pattern that covers at least one type. */
export const eventPattern: FieldRule = {
  refusal: (value, catalog) => {
    if (typeof value !== 'string') return `${described(value)} is not a text`;
    return catalog.isKnown(value) ? undefined : `there is no event type ${described(value)}`;
  },
  expected: (value, catalog) =>
    `${nearest([value], catalog)}GET event-types lists all; 'booking.*' and '*' cover several`,
};

export function eventPatterns(max: number): FieldRule {
  return {
    refusal: (value, catalog) => {
      const refused = refusedList(value, max);
      if (refused || !Array.isArray(value)) return refused;
      const unknown = value.filter((item) => eventPattern.refusal(item, catalog) !== undefined);
      if (unknown.length === 0) return undefined;
      return `there is no event type ${unknown.slice(0, 5).map(described).join(', ')}`;
    },
    expected: (value, catalog) => {
      const unknown = Array.isArray(value)
        ? value.filter((item) => eventPattern.refusal(item, catalog) !== undefined)
        : [];
      return `${nearest(unknown, catalog)}send 1 to ${max} event types; GET event-types lists all, 'booking.*' and '*' cover several`;
    },
  };
}

/** Which events are wanted, by their data. */
export const eventFilter: FieldRule = {
  refusal: (value) => filterFault(value)?.reason,
  expected: (value) => filterFault(value)?.expected ?? '',
};

export function words(max: number, pattern: RegExp, example: string): FieldRule {
  return {
    refusal: (value) => {
      if (Array.isArray(value) && value.length === 0) return undefined;
      const refused = refusedList(value, max);
      if (refused || !Array.isArray(value)) return refused;
      const odd: unknown = value.find((item) => typeof item !== 'string' || !pattern.test(item));
      return odd === undefined ? undefined : `${described(odd)} is not one`;
    },
    expected: `send a list of at most ${max} texts like ${example}`,
  };
}

/** An instant. A date alone is midnight UTC; a time needs its offset, or it would mean the server's own zone. */
export const instant: FieldRule = {
  refusal: (value) => {
    if (typeof value !== 'string') return `${described(value)} is not a text`;
    const shaped = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.test(value);
    return shaped && isISO8601(value, { strict: true }) && !Number.isNaN(Date.parse(value))
      ? undefined
      : `${described(value)} is not an ISO 8601 date or time with its offset`;
  },
  expected: "send for example '2026-07-01' or '2026-07-01T12:00:00Z' (in a URL, '+' is written '%2B')",
};

/** The value as it is repeated to the caller: short, and quoted. */
export function described(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'nothing';
}

function refusedText(value: unknown, maxLength: number): string | undefined {
  if (value === undefined) return 'is missing';
  if (typeof value !== 'string') return `${described(value)} is not a text`;
  if (value === '') return 'is empty';
  return value.length > maxLength ? `has ${value.length} characters` : undefined;
}

function refusedList(value: unknown, max: number): string | undefined {
  if (value === undefined) return 'is missing';
  if (!Array.isArray(value)) return `${described(value)} is not a list`;
  if (value.length === 0) return 'is empty';
  return value.length > max ? `has ${value.length} entries` : undefined;
}

function nearest(unknown: unknown[], catalog: EventCatalog): string {
  const names = unknown.filter((item) => typeof item === 'string').slice(0, 5);
  const found = [...new Set(names.flatMap((name) => catalog.nearest(name.slice(0, 128))))];
  return found.length === 0 ? '' : `the nearest are ${found.map((name) => `'${name}'`).join(', ')}; `;
}
