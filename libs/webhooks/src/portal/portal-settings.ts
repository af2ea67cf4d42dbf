import { MODELS } from '../rendering/capabilities/opened-fields.js';
import type { MessageCatalog } from '../rendering/localization/message-catalog.js';
import type { ProfileCatalog } from '../rendering/profile-catalog.js';
import type { ContractScope, ResolvedWebhooksOptions } from '../webhooks.options.js';
import { ALL_CONTRACTS } from '../webhooks.options.js';
import { besideWebhooks, pathSegments } from '../webhooks/controller-structure.js';

/** What the page is told about where it is, and for whom. */
export interface PortalSettings {
  /** Where the REST resources are, relative to the page: whatever stands before it, a proxy's prefix for example, stays. */
  api: { webhooks: string; deliveries: string; eventTypes: string };
  /** Null for an operator, who sees all contracts. */
  contractId: string | null;
  defaultLocale: string;
  profiles: string[];
  formats: string[];
  /** Languages that there are messages in. */
  locales: string[];
  /** OCTO's. */
  capabilities: string[];
  maxInFlight: number;
  retryDelaysMs: number[];
  secretOverlapMs: number;
  retentionDays: number;
}

export function portalSettings(
  options: ResolvedWebhooksOptions,
  portalPath: string,
  profiles: ProfileCatalog,
  messages: MessageCatalog,
): Omit<PortalSettings, 'contractId'> {
  const { path, defaultLocale, maxInFlight, retryDelaysMs, secretOverlapMs, retentionDays } = options;
  const toApi = (to: string) => relativePath(portalPath, to);
  return {
    api: {
      webhooks: toApi(path),
      deliveries: toApi(besideWebhooks(path, 'deliveries')),
      eventTypes: toApi(besideWebhooks(path, 'event-types')),
    },
    defaultLocale,
    profiles: profiles.names,
    formats: [...new Set(profiles.names.flatMap((name) => profiles.get(name).formats))],
    locales: messages.locales,
    capabilities: [...new Set(Object.values(MODELS).flatMap(({ opens }) => Object.keys(opens)))].sort(),
    maxInFlight,
    retryDelaysMs,
    secretOverlapMs,
    retentionDays,
  };
}

export function contractOf(scope: ContractScope): string | null {
  return scope === ALL_CONTRACTS ? null : scope;
}

/** From a page `<from>/` to a path that has the same beginning: `webhooks/portal` to `deliveries` is `../../deliveries`. */
export function relativePath(from: string, to: string): string {
  const [source, target] = [pathSegments(from), pathSegments(to)];
  let shared = 0;
  while (shared < source.length && shared < target.length && source[shared] === target[shared]) shared += 1;
  return [...source.slice(shared).map(() => '..'), ...target.slice(shared)].join('/');
}
