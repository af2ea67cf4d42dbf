import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import type { Changes } from '../lifecycle/webhook-lifecycle.js';
import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { SealedColumns } from './sealed-columns.js';
import { changesBetween } from './webhook-audit.js';
import { lanesOf } from './webhook-rows.js';
import type { Changed } from './webhook-store.js';
import type { WebhookView, WebhookWithSecret } from './webhook-view.js';
import { webhookView } from './webhook-view.js';
import type { Webhook } from './webhook.entity.js';

/** Webhooks as they may be shown: with their lanes' health, what is secret masked. */
@Injectable()
export class WebhookViews {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(SealedColumns) private readonly sealed: SealedColumns,
  ) {}

  async of(webhook: Webhook): Promise<WebhookView> {
    const view = await this.ofAll([webhook]);
    return view(webhook);
  }

  /** @returns the view of each of them; their lanes are read at once */
  async ofAll(webhooks: readonly Webhook[]): Promise<(webhook: Webhook) => WebhookView> {
    const ids = webhooks.map(({ id }) => id);
    const lanes = await lanesOf(this.dataSource.manager, ids);
    return (webhook) => webhookView(webhook, lanes.get(webhook.id), this.sealed.shown(webhook));
  }

  /** The private half of an `ed25519` pair leaves nobody's hands; its public half is in every view. */
  async withSecret(webhook: Webhook, secret: string): Promise<WebhookWithSecret> {
    const view = await this.of(webhook);
    return webhook.signing === 'ed25519' || webhook.signing === 'none' ? view : { ...view, secret };
  }

  /** What may be told of a new webhook to anybody who hears of changes. */
  created(webhook: Webhook): Changes {
    return changesBetween(null, this.withoutHealth(webhook));
  }

  /** @param masked fields that differ behind the mask */
  changes({ stored, webhook }: Changed, masked?: readonly string[]): Changes {
    return changesBetween(this.withoutHealth(stored), this.withoutHealth(webhook), masked);
  }

  private withoutHealth(webhook: Webhook): WebhookView {
    return webhookView(webhook, undefined, this.sealed.shown(webhook));
  }
}
