/**
 * The URL that a text is; undefined when it is none. Not `URL.canParse`: Node 20's optimized code for it says no to
 * `https://bücher.example`, or any text with characters of Latin-1 beyond ASCII, after some thousand calls.
 */
export function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
