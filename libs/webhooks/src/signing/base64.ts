const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The bytes after a prefix; undefined when the prefix is missing, or what follows is not base64 of at least three
 * bytes. Buffer.from
 * skips what is not base64, and would give a shorter key than the other side's.
 */
export function decodeBase64(text: string, prefix = ''): Buffer | undefined {
  const encoded = text.slice(prefix.length);
  if (!text.startsWith(prefix) || !BASE64.test(encoded)) return undefined;
  return Buffer.from(encoded, 'base64');
}
