const KEPT_BYTES = 16 * 1024;

/**
 * The beginning of a response as text that can be stored: its first 16 kB as UTF-8, what is not UTF-8 as U+FFFD, empty
 * when it is compressed.
 */
export function responseText(body: Buffer, contentEncoding: string | string[] | undefined): string {
  if (body.length === 0 || isEncoded(contentEncoding)) return '';
  const text = body.toString('utf8', 0, endOfCharacter(body, KEPT_BYTES));
  // PostgreSQL refuses U+0000 in text, and with it the whole batch of attempts.
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

function isEncoded(contentEncoding: string | string[] | undefined): boolean {
  const value = String(contentEncoding ?? '').trim();
  return value !== '' && value.toLowerCase() !== 'identity';
}

/** Where to cut so that no character is cut in two. */
function endOfCharacter(body: Buffer, limit: number): number {
  if (body.length <= limit) return body.length;
  let end = limit;
  // Bytes of the form 10xxxxxx continue a character; no character has more than three of them.
  while (end > limit - 3 && ((body[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}
