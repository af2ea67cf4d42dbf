import { useSyncExternalStore } from 'react';

/** Where the page is: what stands behind `#`. The address before it belongs to the host. */
function here(): { path: string; search: string } {
  const [path = '', search = ''] = window.location.hash.replace(/^#/, '').split('?', 2);
  return { path: path.startsWith('/') ? path : `/${path}`, search };
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
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
  return [useSyncExternalStore(subscribe, () => here().path), navigate];
}

/** The query within the hash, without its question mark. */
export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, () => here().search);
}
