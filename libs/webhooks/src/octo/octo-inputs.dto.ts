import { OCTO_NOTIFICATION } from '../catalog/dialects/octo-notification.js';
import { OCTO } from '../catalog/dialects/octo.js';
import { targetUrl } from '../webhooks/create-webhook.dto.js';
import type { FieldRule } from '../webhooks/field-rules.js';
import { described, flag, nullable, oneOf, optional, required, text } from '../webhooks/field-rules.js';
import { headerValues } from '../webhooks/header-values.js';
import { validated } from '../webhooks/validated.js';

const event = oneOf(...OCTO.map(({ name }) => name));

const TYPES = OCTO_NOTIFICATION.map(({ name }) => name);
const notificationTypes: FieldRule = {
  refusal: (value) => {
    if (value === undefined) return 'is missing';
    if (!Array.isArray(value)) return `${described(value)} is not a list`;
    if (value.length === 0) return 'is empty';
    const odd: unknown = value.find((item) => !TYPES.some((type) => type === item));
    return odd === undefined ? undefined : `there is no notification type ${described(odd)}`;
  },
  expected: `send a list of ${TYPES.map((type) => `'${type}'`).join(', ')}, or of some of them`,
};

/** OCTO's "Create Webhook". */
export class OctoWebhookDto {
  /** Credentials in it become an `Authorization: Basic` header, and are masked in every answer. */
  @required(targetUrl)
  url!: string;

  @required(event)
  event!: string;

  /** @default true */
  @optional(flag)
  retryOnError?: boolean;

  /** @default true */
  @optional(flag)
  useContactLanguage?: boolean;

  /** @default none */
  @nullable(headerValues)
  headers?: Record<string, string> | null;

  /** Whose webhook it is, for an operator, whom OCTO does not know. */
  @optional(text(64))
  contractId?: string;
}

/** What is left out stays. */
export class OctoWebhookPatch {
  @optional(targetUrl)
  url?: string;

  @optional(event)
  event?: string;

  @optional(flag)
  retryOnError?: boolean;

  @optional(flag)
  useContactLanguage?: boolean;

  @nullable(headerValues)
  headers?: Record<string, string> | null;
}

/** The subscription of OCTO's notifications capability. */
export class OctoSubscriptionDto {
  @required(targetUrl)
  url!: string;

  @required(notificationTypes)
  notificationTypes!: string[];

  /** @default none */
  @nullable(headerValues)
  headers?: Record<string, string> | null;

  /** Whose subscription it is, for an operator, whom OCTO does not know. */
  @optional(text(64))
  contractId?: string;
}

/** What is left out stays. */
export class OctoSubscriptionPatch {
  @optional(targetUrl)
  url?: string;

  @optional(notificationTypes)
  notificationTypes?: string[];

  @nullable(headerValues)
  headers?: Record<string, string> | null;
}

const CAPABILITIES_ELSEWHERE = {
  capabilities: 'leave it out; the capabilities are those of the Octo-Capabilities header',
};

export const webhookInput = validated(OctoWebhookDto, CAPABILITIES_ELSEWHERE);
export const webhookPatch = validated(OctoWebhookPatch, CAPABILITIES_ELSEWHERE);
export const subscriptionInput = validated(OctoSubscriptionDto, CAPABILITIES_ELSEWHERE);
export const subscriptionPatch = validated(OctoSubscriptionPatch, CAPABILITIES_ELSEWHERE);
