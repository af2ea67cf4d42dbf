import type { Problem } from './problem.js';
import { offline, problemOf } from './problem.js';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Problem;
  }
}

/** Query parameters; undefined, null and empty ones are left out. */
export type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
}

/** Asks the API. Rejects with a {@link Problem} and nothing else, but for an abort. */
export async function request<Answer>(url: string, options: Options = {}): Promise<Answer> {
  const { method = 'GET', query, body, signal } = options;
  const response = await fetch(withQuery(url, query), {
    method,
    signal,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw offline();
  });
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

export function withQuery(url: string, query: Query = {}): string {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
  );
  return parameters.length === 0 ? url : `${url}?${new URLSearchParams(parameters).toString()}`;
}
