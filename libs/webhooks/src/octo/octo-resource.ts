import type { Acting } from '../lifecycle/webhook-lifecycle.js';
import type { ContractScope } from '../webhooks.options.js';
import { WebhookNotFoundError } from '../webhooks.errors.js';
import type { UpdateWebhookDto } from '../webhooks/update-webhook.dto.js';
import type { WebhookRegistry } from '../webhooks/webhook-registry.js';
import type { WebhookView } from '../webhooks/webhook-view.js';
import type { OctoResourceName } from './octo-errors.js';
import { OctoIdError } from './octo-errors.js';

const ROWS_PER_PAGE = 200;

/** What OCTO answers to a deletion. */
export const DELETED = { success: true, message: 'Deleted successfully.' } as const;

/** The webhooks of one profile, which is all that one of OCTO's resources shows of the registry. */
export class OctoResource {
  constructor(
    private readonly registry: WebhookRegistry,
    readonly profile: 'octo' | 'octo-notification',
    private readonly name: OctoResourceName,
  ) {}

  /** All of them, the oldest first: OCTO's lists have no pages. */
  async list(scope: ContractScope): Promise<WebhookView[]> {
    const found: WebhookView[] = [];
    let cursor: string | undefined;
    do {
      const query = { profile: this.profile, sort: 'createdAt', limit: ROWS_PER_PAGE, cursor } as const;
      const page = await this.registry.list(scope, query);
      found.push(...page.data.filter(isSentTo));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  }

  /** @throws OctoIdError also for a webhook of another profile */
  async get(scope: ContractScope, id: string): Promise<WebhookView> {
    const webhook = await this.found(id, () => this.registry.get(scope, id));
    if (webhook.profile !== this.profile || !isSentTo(webhook)) throw new OctoIdError(this.name, id);
    return webhook;
  }

  async update(
    scope: ContractScope,
    id: string,
    patch: UpdateWebhookDto,
    acting?: Acting,
  ): Promise<WebhookView> {
    await this.get(scope, id);
    return this.found(id, () => this.registry.update(scope, id, patch, acting));
  }

  async delete(scope: ContractScope, id: string, acting?: Acting): Promise<typeof DELETED> {
    await this.get(scope, id);
    await this.found(id, () => this.registry.delete(scope, id, acting));
    return DELETED;
  }

  private async found<T>(id: string, look: () => Promise<T>): Promise<T> {
    try {
      return await look();
    } catch (error) {
      throw error instanceof WebhookNotFoundError ? new OctoIdError(this.name, id) : error;
    }
  }
}

/** OCTO has no word for webhooks without a URL, whose events are fetched. */
function isSentTo({ url }: WebhookView): boolean {
  return url !== null;
}
