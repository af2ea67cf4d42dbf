import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

import { SecretBox } from '../signing/secret-box.js';
import type { StoredSecret } from '../signing/webhook-secret.js';
import type { Webhook } from '../webhooks/webhook.entity.js';
import type { BodyShape } from './bodies.js';
import { shapeKey } from './bodies.js';

/** What a webhook's requests are built from, unsealed. */
export interface WebhookTarget {
  /** The URL as it is dialled, credentials included. */
  url: string;
  headers: Record<string, string>;
  secrets: StoredSecret[];
  shape: BodyShape;
  shapeKey: string;
}

/** What a custom header's value is shown as in a body that lists the webhook's headers. */
const MASK = '***';

const CACHED_TARGETS = 10_000;

/** Opens a webhook's sealed parts and works out its shape once for each of its changes: every change has a number of its own. */
@Injectable()
export class WebhookTargets {
  private readonly cache = new LRUCache<string, { changeSeq: number; target: WebhookTarget }>({
    max: CACHED_TARGETS,
  });

  constructor(@Inject(SecretBox) private readonly box: SecretBox) {}

  /** @throws SecretBox's error when none of the host's keys opens the secrets. */
  of(webhook: Webhook): WebhookTarget {
    const cached = this.cache.get(webhook.id);
    if (cached?.changeSeq === webhook.changeSeq) return cached.target;
    const headers =
      webhook.sealedHeaders === null ? {} : (this.openJson(webhook.sealedHeaders) as Record<string, string>);
    const shape = shapeOf(webhook, headers);
    const target = {
      url: webhook.sealedUrl === null ? webhook.url : this.box.open(webhook.sealedUrl),
      headers,
      secrets: this.openJson(webhook.sealedSecrets) as StoredSecret[],
      shape,
      shapeKey: shapeKey(shape),
    };
    this.cache.set(webhook.id, { changeSeq: webhook.changeSeq, target });
    return target;
  }

  private openJson(sealed: string): unknown {
    return JSON.parse(this.box.open(sealed));
  }
}

function shapeOf(webhook: Webhook, sealed: Record<string, string>): BodyShape {
  const { id, url, eventTypes, retryOnError, useContactLanguage, capabilities, profile, format, locale } =
    webhook;
  const headers = Object.fromEntries(Object.keys(sealed).map((name) => [name, MASK]));
  const subscription = { id, url, eventTypes, retryOnError, useContactLanguage, headers, capabilities };
  return { ...subscription, profile, format, locale };
}
