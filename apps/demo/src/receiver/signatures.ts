import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

/** The answer to creating a webhook, and what the partner arranged beside it. */
export interface Arrangement {
  id: string;
  secret?: string;
  signing?: { scheme?: string; header?: string; publicKey?: string };
  profile?: string;
  format?: string;
  /** The bearer token that the partner asked to be called with. */
  bearer?: string;
  /** Whose code verifies a `standard` signature; `svix` reads JSON bodies only. @default 'standardwebhooks' */
  verifier?: 'standardwebhooks' | 'svix';
}

/** Throws, with the reason, when a request does not come from the platform. */
export type SignatureCheck = (headers: IncomingHttpHeaders, body: Buffer) => void;

/** How a partner tells the platform's requests from anybody's: nothing here is the platform's own code. */
export function signatureCheck({
  secret = '',
  signing,
  bearer,
  verifier,
}: Partial<Arrangement>): SignatureCheck {
  switch (signing?.scheme ?? 'standard') {
    case 'ed25519':
      return ed25519Check(signing?.publicKey ?? '');
    case 'hmac':
      return hmacCheck(secret, signing?.header ?? '');
    case 'none':
      return bearerCheck(bearer);
    default:
      return standardCheck(secret, verifier);
  }
}

function standardCheck(secret: string, verifier: Arrangement['verifier']): SignatureCheck {
  if (verifier === 'svix') {
    const webhook = new SvixWebhook(secret);
    return (headers, body) => void webhook.verify(body.toString('utf8'), headers as Record<string, string>);
  }
  const webhook = new StandardWebhook(secret);
  return (headers, body) =>
    // Not every body is JSON, and those that are get read later.
    void webhook.verify(body.toString('utf8'), headers as Record<string, string>, { jsonParse: false });
}

/** As the Standard Webhooks specification describes it: a signature over id, timestamp and body. */
function ed25519Check(publicKey: string): SignatureCheck {
  const x = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return (headers, body) => {
    const [version, signature = ''] = headerOf(headers, 'webhook-signature').split(',');
    const signed = Buffer.concat([
      Buffer.from(`${headerOf(headers, 'webhook-id')}.${headerOf(headers, 'webhook-timestamp')}.`),
      body,
    ]);
    if (version !== 'v1a' || !verify(null, signed, key, Buffer.from(signature, 'base64')))
      throw new Error('The Ed25519 signature is wrong.');
  };
}

function hmacCheck(secret: string, header: string): SignatureCheck {
  return (headers, body) => {
    const expected = createHmac('sha256', secret).update(body).digest();
    const given = Buffer.from(headerOf(headers, header), 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new Error(`The ${header} is wrong.`);
  };
}

function bearerCheck(bearer: string | undefined): SignatureCheck {
  return (headers) => {
    if (!bearer || headers.authorization !== `Bearer ${bearer}`)
      throw new Error('The bearer token is wrong.');
  };
}

function headerOf(headers: IncomingHttpHeaders, name: string): string {
  return String(headers[name.toLowerCase()] ?? '');
}
