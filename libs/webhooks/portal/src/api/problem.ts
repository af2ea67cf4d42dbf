import type { FieldError } from '../../../src/webhooks.errors.js';

export type { FieldError };

/** Why a request did not do what was asked. Every failed query and mutation has one as its `error`. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** 0 when there was no answer at all. */
    readonly status: number,
    /** The API's stable code; `OFFLINE` without an answer, `HTTP_<status>` for an answer that is not the API's own. */
    readonly code: string,
    /** The API's words, in English; empty when it said nothing. */
    message: string,
    /** What was refused, field by field. */
    readonly fields: FieldError[] = [],
  ) {
    super(message);
  }
}

export function offline(): Problem {
  return new Problem(0, 'OFFLINE', '');
}

/** Reads an answer that is no success. The host's guards and proxies answer in shapes of their own. */
export async function problemOf(response: Response): Promise<Problem> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => null);
  const { code, message, errors } = (body ?? {}) as { code?: unknown; message?: unknown; errors?: unknown };
  return new Problem(
    status,
    typeof code === 'string' ? code : `HTTP_${status}`,
    typeof message === 'string' ? message : '',
    Array.isArray(errors) ? (errors as FieldError[]) : [],
  );
}

/** What the caller did wrong stays wrong: only after a lost answer or one of a busy server may another try do better. */
export function mayPass({ status }: Problem): boolean {
  return status === 0 || status === 429 || status >= 500;
}

/** The API's words about a field, or about a part of it: `headers.X-Key` is about `headers`. */
export function fieldError(problem: Problem | null | undefined, field: string): string | undefined {
  const found = problem?.fields.filter(
    (error) => error.field === field || error.field.startsWith(`${field}.`),
  );
  return found?.length ? found.map((error) => sentence(error, field)).join(' ') : undefined;
}

function sentence({ field, reason, expected }: FieldError, named: string): string {
  const subject = field === named ? '' : `${field.slice(named.length + 1)}: `;
  const text = `${subject}${reason}; ${expected}.`;
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}
