import { HMAC_DEFAULTS } from '../signing/hmac-signature.js';
import { InvalidInputError } from '../webhooks.errors.js';
import type { CreateWebhookDto } from './create-webhook.dto.js';
import type { Webhook } from './webhook.entity.js';

/**
 * How a new webhook's requests are signed.
 *
 * @throws InvalidInputError when a header is named for a scheme that has none of its own
 */
export function signingColumns(input: CreateWebhookDto): Pick<Webhook, 'signing' | 'signingSettings'> {
  const { signing = 'standard', signatureHeader, signaturePrefix } = input;
  if (signing === 'hmac') {
    const { header, prefix } = HMAC_DEFAULTS;
    return {
      signing,
      signingSettings: { header: signatureHeader ?? header, prefix: signaturePrefix ?? prefix },
    };
  }
  const errors = Object.entries({ signatureHeader, signaturePrefix })
    .filter(([, value]) => value !== undefined)
    .map(([field]) => ({
      field,
      reason: `has no meaning for the scheme '${signing}'`,
      expected: "leave it out, or send signing: 'hmac'",
    }));
  if (errors.length > 0) throw new InvalidInputError(errors);
  return { signing, signingSettings: null };
}
