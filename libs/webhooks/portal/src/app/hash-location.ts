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
const readers = new Set<() => void>();

window.addEventListener('hashchange', () => {
  place = here();
  for (const read of readers) read();
});

function subscribe(read: () => void): () => void {
  readers.add(read);
  return () => readers.delete(read);
}

/** @param options.replace does not add to the history: for what the back button should not walk through */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (!options.replace) {
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
