import { useSyncExternalStore } from 'react';

interface Place {
  path: string;
  search: string;
}

/** Where the page is: what stands behind `#`. The address before it belongs to the host. */
function here(): Place {
  const [path = '', search = ''] = window.location.hash.replace(/^#/, '').split('?', 2);
  return { path: path.startsWith('/') ? path : `/${path}`, search };
}

// One place that all readers are told of together: with a listener each, a view that is being left would be drawn
// with the address of the next one first.
let place = here();
/** Which of the history's entries it is; an entry that was just made has no number yet. */
let entry = entryHere() ?? numbered(0);
const readers = new Set<() => void>();
let keeper: Keeper | null = null;

/** Asked before another view is gone to. @param leave goes there after all */
export type Keeper = (leave: () => void) => void;

/** Keeps the reader in this view until the keeper lets go; `null` lets go at once. */
export function keepHere(ask: Keeper | null): void {
  keeper = ask;
}

window.addEventListener('hashchange', () => {
  const next = here();
  const to = entryHere() ?? numbered(entry + 1);
  const steps = to - entry;
  if (keeper && steps !== 0 && next.path !== place.path) {
    window.history.go(-steps);
    keeper(() => {
      keeper = null;
      window.history.go(steps);
    });
    return;
  }
  [place, entry] = [next, to];
  for (const read of readers) read();
});

function entryHere(): number | undefined {
  const state = window.history.state as { entry?: number } | null;
  return state?.entry;
}

function numbered(number: number): number {
  window.history.replaceState({ entry: number }, '');
  return number;
}

function subscribe(read: () => void): () => void {
  readers.add(read);
  return () => readers.delete(read);
}

/**
 * Goes to another view without asking whoever keeps the reader in this one.
 *
 * @param options.replace does not add to the history: for what the back button should not walk through
 */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (!options.replace) {
    keeper = null;
    window.location.hash = to;
    return;
  }
  window.history.replaceState(window.history.state, '', `#${to}`);
  // Replacing tells nobody.
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** For wouter: its own one keeps the query before the hash, where the server would see it. */
export function useHashPath(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, () => place.path), navigate];
}

/** The query within the hash, without its question mark. */
export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, () => place.search);
}
