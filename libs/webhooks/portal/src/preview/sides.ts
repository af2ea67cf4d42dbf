/** One of the bodies that are compared: a profile, in a format, in a language. */
export interface Side {
  profile: string;
  format: string;
  locale: string;
}

export const MOST_SIDES = 3;

/** As sides stand in the address: `standard.json.en,checkfront.xml.fr`. */
export function sidesOf(text: string | undefined, otherwise: Side[]): Side[] {
  if (!text) return otherwise;
  return text
    .split(',')
    .slice(0, MOST_SIDES)
    .map((side) => {
      const [profile = '', format = '', locale = ''] = side.split('.');
      return { profile, format, locale };
    });
}

export function textOf(sides: readonly Side[]): string {
  return sides.map(({ profile, format, locale }) => [profile, format, locale].join('.')).join(',');
}

/** Indented for reading; what does not parse stays as it is. */
export function readable(body: string, contentType: string): string {
  if (contentType.includes('json')) return readableJson(body);
  if (contentType.includes('x-www-form-urlencoded')) {
    return body.split('&').map(decoded).join('\n');
  }
  return body;
}

function readableJson(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function decoded(pair: string): string {
  try {
    return decodeURIComponent(pair.replace(/\+/g, ' '));
  } catch {
    return pair;
  }
}
