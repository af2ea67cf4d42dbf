/** Indented for reading, with nothing else changed; undefined for what is neither JSON nor XML, or is broken. */
export function indented(body: string): string | undefined {
  return body.trimStart().startsWith('<') ? indentedXml(body) : indentedJson(body);
}

function indentedJson(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : undefined;
  } catch {
    return undefined;
  }
}

/** A tag a line, and an element that holds text alone; undefined where tags and text are mixed, whose spaces mean something. */
function indentedXml(body: string): string | undefined {
  const lines: string[] = [];
  let [depth, read] = [0, 0];
  for (const [piece] of body.matchAll(/<([\w:.-]+)(?:\s[^<>]*)?>[^<]*<\/\1>|<[^<>]*>|[^<]+/g)) {
    read += piece.length;
    const isTag = piece.startsWith('<');
    if (!isTag && piece.trim() === '') continue;
    if (!isTag) return undefined;
    const isEnd = piece.startsWith('</');
    if (isEnd) depth -= 1;
    lines.push(`${'  '.repeat(Math.max(0, depth))}${piece}`);
    const isWhole = /^<[?!]/.test(piece) || piece.endsWith('/>') || piece.indexOf('</') > 0;
    if (!isEnd && !isWhole) depth += 1;
  }
  return depth === 0 && read === body.length ? lines.join('\n') : undefined;
}
