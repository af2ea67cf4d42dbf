import { Inject, Injectable } from '@nestjs/common';

import { checkHeaders } from '../sending/custom-headers.js';
import { isMasked, maskUrl } from '../sending/target-url.js';
import { UrlPolicy } from '../sending/url-policy.js';
import { expectedSecret } from '../signing/adopted-secret.js';
import { SecretBox, SecretNotReadableError } from '../signing/secret-box.js';
import type { StoredSecret } from '../signing/webhook-secret.js';
import { publicKeyOf } from '../signing/ed25519-signature.js';
import { generateSecretFor } from '../signing/signing-schemes.js';
import { rotateSecrets } from '../signing/webhook-secret.js';
import type { FieldError } from '../webhooks.errors.js';
import { InvalidInputError } from '../webhooks.errors.js';
import type { Webhook } from './webhook.entity.js';

const MASK = '***';
const URL_LENGTH = 2048;

type Headers = Record<string, string>;
type Target = Pick<Webhook, 'url' | 'sealedUrl' | 'sealedHeaders'>;

/** What a webhook keeps sealed: its URL if that carries credentials, its headers, its secrets. Shown only masked. */
@Injectable()
export class SealedColumns {
  constructor(
    @Inject(SecretBox) private readonly box: SecretBox,
    @Inject(UrlPolicy) private readonly policy: UrlPolicy,
  ) {}

  /**
   * The columns of the URL and the headers that were sent; what was left out is not among them.
   *
   * @param stored the webhook as it is, whose headers a masked value keeps
   * @throws InvalidInputError for a URL or a header that may not be used, or a mask that nothing stands behind
   */
  target(input: { url?: string; headers?: Headers | null }, stored?: Webhook): Partial<Target> {
    const { url } = input;
    const headers = input.headers && unmasked(input.headers, (stored && this.headers(stored)) ?? {});
    const errors = [
      ...(url === undefined ? [] : this.refusedUrl(url)),
      ...(headers ? refusedHeaders(headers) : []),
    ];
    if (errors.length > 0) throw new InvalidInputError(errors);
    return {
      ...(url === undefined ? {} : this.urlColumns(url)),
      ...(headers === undefined ? {} : { sealedHeaders: this.sealedHeaders(headers) }),
    };
  }

  /**
   * A new secret beside those that are stored, which stay valid for `overlapMs` more.
   *
   * @param adopted the receiver's own in the place of a new one
   * @throws InvalidInputError when it is none for the scheme
   */
  secret(
    now: number,
    overlapMs: number,
    { signing, sealedSecrets }: Pick<Webhook, 'signing'> & Partial<Pick<Webhook, 'sealedSecrets'>>,
    adopted?: string,
  ): { secret: string } & Pick<Webhook, 'sealedSecrets'> {
    const expected = adopted === undefined ? undefined : expectedSecret(signing, adopted);
    if (expected !== undefined)
      throw new InvalidInputError([
        { field: 'secret', reason: `is none for the scheme '${signing}'`, expected },
      ]);
    const secret = adopted ?? generateSecretFor(signing);
    // Secrets that no key opens sign nothing any more; a rotation is the way out.
    const opened = sealedSecrets === undefined ? undefined : this.open(sealedSecrets);
    const earlier = opened === undefined ? [] : (JSON.parse(opened) as StoredSecret[]);
    const kept = rotateSecrets(earlier, secret, now, overlapMs);
    return { secret, sealedSecrets: this.box.seal(JSON.stringify(kept)) };
  }

  /** What verifies an `ed25519` signature, which is no secret; null for the other schemes and when no key opens it. */
  private publicKey({ signing, sealedSecrets }: Webhook): string | null {
    const opened = signing === 'ed25519' ? this.open(sealedSecrets) : undefined;
    const [newest] = opened === undefined ? [] : (JSON.parse(opened) as StoredSecret[]);
    return newest ? publicKeyOf(newest.secret) : null;
  }

  /** The URL as it is dialled; undefined when none of the keys opens it. */
  url({ url, sealedUrl }: Pick<Target, 'url' | 'sealedUrl'>): string | undefined {
    return sealedUrl === null ? url : this.open(sealedUrl);
  }

  /** The custom headers; undefined when none of the keys opens them. */
  headers({ sealedHeaders }: Pick<Target, 'sealedHeaders'>): Headers | undefined {
    const opened = sealedHeaders === null ? '{}' : this.open(sealedHeaders);
    return opened === undefined ? undefined : (JSON.parse(opened) as Headers);
  }

  /** Which of the new values are others than those that are stored, behind their masks. */
  differing(stored: Webhook, { url, sealedUrl = null, sealedHeaders }: Partial<Target>): string[] {
    const fields: string[] = [];
    if (url !== undefined && this.url({ url, sealedUrl }) !== this.url(stored)) fields.push('url');
    if (sealedHeaders !== undefined) {
      const [before, after] = [stored, { sealedHeaders }].map((row) => JSON.stringify(this.headers(row)));
      if (before !== after) fields.push('headers');
    }
    return fields;
  }

  /** What a view shows of the sealed parts. */
  shown(webhook: Webhook): { headers: Headers | null; publicKey: string | null } {
    return { headers: this.maskedHeaders(webhook), publicKey: this.publicKey(webhook) };
  }

  /** The custom headers as they may be shown; null when none of the keys opens them. */
  private maskedHeaders(webhook: Webhook): Headers | null {
    const headers = this.headers(webhook);
    return headers ? Object.fromEntries(Object.keys(headers).map((name) => [name, MASK])) : null;
  }

  private refusedUrl(url: string): FieldError[] {
    if (isMasked(url)) {
      const expected = 'leave the field out to keep it, or send the whole URL with its credentials';
      return [{ field: 'url', reason: `holds the mask '${MASK}' where a credential was`, expected }];
    }
    const verdict = this.policy.check(url);
    if (!verdict.ok) return [{ field: 'url', reason: verdict.reason, expected: `send ${verdict.expected}` }];
    // A mask can be longer than what it stands for.
    if (maskUrl(url).length <= URL_LENGTH) return [];
    return [
      {
        field: 'url',
        reason: 'is too long',
        expected: `send at most ${URL_LENGTH} characters, masks included`,
      },
    ];
  }

  private urlColumns(url: string): Pick<Target, 'url' | 'sealedUrl'> {
    const shown = maskUrl(url);
    return { url: shown, sealedUrl: shown === url ? null : this.box.seal(url) };
  }

  private sealedHeaders(headers: Headers | null): string | null {
    return headers && Object.keys(headers).length > 0 ? this.box.seal(JSON.stringify(headers)) : null;
  }

  private open(sealed: string): string | undefined {
    try {
      return this.box.open(sealed);
    } catch (error) {
      if (error instanceof SecretNotReadableError) return undefined;
      throw error;
    }
  }
}

/** The headers as they were meant: a masked value stands for the stored one of that name. */
function unmasked(sent: Headers, stored: Headers): Headers {
  const values = new Map(Object.entries(stored).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [
      name,
      value === MASK ? (values.get(name.toLowerCase()) ?? value) : value,
    ]),
  );
}

function refusedHeaders(headers: Headers): FieldError[] {
  const masks = Object.keys(headers)
    .filter((name) => headers[name] === MASK)
    .map((name) => ({
      field: `headers.${name.slice(0, 64)}`,
      reason: `is the mask '${MASK}', and no value is stored that it could stand for`,
      expected: 'send the value, or leave the header out',
    }));
  return [
    ...masks,
    ...checkHeaders(headers).map((error) => ({ ...error, expected: `send ${error.expected}` })),
  ];
}
