/** A choice that this browser remembers. A frame without storage forgets it, and that is all. */
export function storedChoice(name: string): string | null {
  try {
    return localStorage.getItem(`webhooks-portal-${name}`);
  } catch {
    return null;
  }
}

/** @param value null: no choice any more */
export function storeChoice(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`webhooks-portal-${name}`);
    else localStorage.setItem(`webhooks-portal-${name}`, value);
  } catch {
    // Kept for as long as the page is open.
  }
}
