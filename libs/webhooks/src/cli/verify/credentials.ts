import type { CapturedRequest } from './captured-request.js';

/** Where a request carries something that may be a secret. */
interface Carried {
  /** As the rest of "in …". */
  where: string;
  value: string;
}

/** What became of the search for one of the secrets in a request that nothing signs. */
export type Search =
  | { found: 'as_given'; where: string }
  /** Of another form of it; `wrong` as the rest of "The secret …". */
  | { found: 'in_another_form'; where: string; wrong: string }
  /** `others` are the places of what could have been one; header names and no values. */
  | { found: 'nowhere'; others: string[] };

/**
 * The secrets of a webhook whose requests are not signed are what its owner gave it to send: a bearer token, a user and a
 * password (`user:password`), a header of any name, a parameter of the URL.
 */
export function searchCredentials(request: CapturedRequest, secrets: readonly string[]): Search {
  const places = carried(request);
  const given = places.find(({ value }) => secrets.includes(value));
  if (given) return { found: 'as_given', where: given.where };
  for (const secret of secrets)
    for (const { form, wrong } of otherForms(secret)) {
      const place = places.find(({ value }) => value === form);
      if (place) return { found: 'in_another_form', where: place.where, wrong };
    }
  const others = places.filter(({ where }) => LIKELY.test(where)).map(({ where }) => where);
  return { found: 'nowhere', others: [...new Set(others)] };
}

/** Headers that are told where a secret is expected, and is not. */
const LIKELY = /^(the header (authorization|.*(token|key|secret|auth).*)|the parameter )/i;

function carried({ headers, target = '' }: CapturedRequest): Carried[] {
  const ofHeaders = Object.entries(headers).flatMap(([name, values]) =>
    values.flatMap((value) => [
      { where: `the header ${name}`, value },
      ...(name === 'authorization' ? ofAuthorization(value) : []),
    ]),
  );
  const start = target.indexOf('?');
  const query = new URLSearchParams(start < 0 ? '' : target.slice(start + 1));
  const ofUrl = [...query].map(([name, value]) => ({ where: `the parameter ${name} of its URL`, value }));
  return [...ofHeaders, ...ofUrl];
}

/** RFC 9110 section 11.1: the scheme's name is case-insensitive. */
function ofAuthorization(value: string): Carried[] {
  const [, scheme = '', rest = ''] = /^(bearer|basic) +(.*)$/i.exec(value) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return [{ where: 'the header authorization, as a bearer token', value: rest }];
    case 'basic':
      return [
        {
          where: 'the header authorization, as user and password',
          value: Buffer.from(rest, 'base64').toString(),
        },
      ];
    default:
      return [];
  }
}

function otherForms(secret: string): { form: string; wrong: string }[] {
  const bare = secret.replace(/^(["'])(.*)\1$/s, '$2');
  const forms = [
    { form: bare, wrong: 'was given in quotes' },
    {
      form: bare.replace(/^(bearer|basic) +/i, ''),
      wrong: 'was given with the name of its scheme before it',
    },
    { form: decodedUrl(bare), wrong: 'was given percent-encoded' },
    { form: Buffer.from(bare).toString('base64'), wrong: 'is sent in base64' },
    { form: Buffer.from(bare, 'base64').toString(), wrong: 'was given in base64' },
  ];
  return forms.filter(({ form }) => form !== '' && form !== secret);
}

function decodedUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
