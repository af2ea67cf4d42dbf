/** A JSON Pointer (RFC 6901) that points below the root. */
export function isJsonPointer(text: string): boolean {
  return /^(\/([^~/]|~[01])*)+$/.test(text);
}

/** The value a pointer points to (RFC 6901 section 4), undefined when there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(name)) return undefined;
    if (!Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
