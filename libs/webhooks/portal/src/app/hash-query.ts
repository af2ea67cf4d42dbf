import { useMemo } from 'react';
import { useSearch } from 'wouter';

import { navigate, useHashPath } from './hash-location.js';

export type HashQuery = Record<string, string>;

/** The view's settings that live in the address, so that it can be shared; empty ones are not written. */
export function useHashQuery(): [HashQuery, (changes: Record<string, string | undefined>) => void] {
  const search = useSearch();
  const [path] = useHashPath();
  const query = useMemo(() => Object.fromEntries(new URLSearchParams(search)), [search]);
  const change = (changes: Record<string, string | undefined>) => {
    const next = Object.entries({ ...query, ...changes }).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    );
    const text = new URLSearchParams(next).toString();
    navigate(text === '' ? path : `${path}?${text}`, { replace: true });
  };
  return [query, change];
}
