import type { EventFilter, NewWebhook, SigningScheme, WebhookPatch, WebhookView } from '../api/types.js';

/** What the API shows in the place of a header's value, and takes for "as it is". */
const MASK = '***';

/** A webhook as its form holds it: what is typed stays text. */
export interface FormValues {
  contractId: string;
  url: string;
  eventTypes: string[];
  status: WebhookView['status'];
  profile: string;
  format: string;
  /** Empty: the module's default. */
  locale: string;
  useContactLanguage: boolean;
  capabilities: string[];
  productIds: string;
  statuses: string;
  changedPaths: string;
  headers: HeaderRow[];
  signing: SigningScheme;
  signatureHeader: string;
  signaturePrefix: string;
  retryOnError: boolean;
  transport: WebhookView['transport'];
  ordering: WebhookView['ordering'];
  /** Empty: the module's default. */
  maxInFlight: string;
  /** Empty: no limit. */
  maxPerSecond: string;
  /** Milliseconds; empty: each event is sent. */
  coalesceMs: string;
}

export interface HeaderRow {
  name: string;
  value: string;
  /** A value is stored, which an empty one keeps. */
  isStored: boolean;
}

export const NEW_VALUES: FormValues = {
  contractId: '',
  url: '',
  eventTypes: [],
  status: 'active',
  profile: 'standard',
  format: 'json',
  locale: '',
  useContactLanguage: true,
  capabilities: [],
  productIds: '',
  statuses: '',
  changedPaths: '',
  headers: [],
  signing: 'standard',
  signatureHeader: '',
  signaturePrefix: '',
  retryOnError: true,
  transport: 'push',
  ordering: 'none',
  maxInFlight: '',
  maxPerSecond: '',
  coalesceMs: '',
};

export function valuesOf(webhook: WebhookView): FormValues {
  const { filters, headers, locale, signing, maxPerSecond, coalesceMs } = webhook;
  const { contractId, eventTypes, status, profile, format, useContactLanguage, capabilities } = webhook;
  return {
    ...{ contractId, eventTypes, status, profile, format, useContactLanguage, capabilities },
    url: webhook.url ?? '',
    locale: locale ?? '',
    productIds: listed(filters?.productIds),
    statuses: listed(filters?.statuses),
    changedPaths: listed(filters?.changedPaths),
    headers: Object.keys(headers ?? {}).map((name) => ({ name, value: '', isStored: true })),
    signing: signing.scheme,
    signatureHeader: signing.header ?? '',
    signaturePrefix: signing.prefix ?? '',
    retryOnError: webhook.retryOnError,
    transport: webhook.transport,
    ordering: webhook.ordering,
    maxInFlight: String(webhook.maxInFlight),
    maxPerSecond: maxPerSecond === null ? '' : String(maxPerSecond),
    coalesceMs: coalesceMs === null ? '' : String(coalesceMs),
  };
}

/** What differs from a new form, and what every webhook has. */
export function newWebhookOf(values: FormValues): NewWebhook {
  const { contractId, url, transport, eventTypes, status, signing, signatureHeader, signaturePrefix } =
    values;
  const hmac = signing === 'hmac';
  return {
    ...(contractId === '' ? {} : { contractId }),
    ...changedFields(NEW_VALUES, values),
    // Of all that is sent the API says that it is missing.
    ...(transport === 'pull' ? {} : { url }),
    eventTypes,
    status: status === 'active' ? 'active' : 'inactive',
    ...(signing === 'standard' ? {} : { signing }),
    ...(hmac && signatureHeader !== '' ? { signatureHeader } : {}),
    ...(hmac && signaturePrefix !== '' ? { signaturePrefix } : {}),
  };
}

/** Only what was changed: a masked URL that stands as it was is not sent. */
export function patchOf(before: FormValues, after: FormValues): WebhookPatch {
  return changedFields(before, after);
}

/** Not asked for while nothing is sent: what is stored of them stays. */
const REQUESTS_ALONE: (keyof WebhookPatch)[] = [
  'url',
  'headers',
  'retryOnError',
  'maxInFlight',
  'maxPerSecond',
];

function changedFields(before: FormValues, after: FormValues): WebhookPatch {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const left = after.transport === 'pull' ? REQUESTS_ALONE : [];
  const names = (Object.keys(now) as (keyof WebhookPatch)[]).filter(
    (name) => !left.includes(name) && JSON.stringify(old[name]) !== JSON.stringify(now[name]),
  );
  return Object.fromEntries(names.map((name) => [name, now[name]]));
}

function fieldsOf(values: FormValues): WebhookPatch {
  const { url, eventTypes, profile, format, useContactLanguage, retryOnError, capabilities } = values;
  return {
    ...{ url, eventTypes, profile, format, useContactLanguage, retryOnError, capabilities },
    transport: values.transport,
    ordering: values.ordering,
    filters: filterOf(values),
    locale: values.locale === '' ? null : values.locale,
    headers: headersOf(values.headers),
    ...(values.maxInFlight === '' ? {} : { maxInFlight: numberOf(values.maxInFlight) }),
    maxPerSecond: values.maxPerSecond === '' ? null : numberOf(values.maxPerSecond),
    // A feed holds every event.
    coalesceMs: values.coalesceMs === '' || values.transport === 'pull' ? null : numberOf(values.coalesceMs),
  };
}

function filterOf({ productIds, statuses, changedPaths }: FormValues): EventFilter | null {
  const lists = Object.entries({ productIds, statuses, changedPaths }).map(
    ([name, text]) => [name, text.split(',').flatMap((entry) => entry.trim() || [])] as const,
  );
  const filled = lists.filter(([, entries]) => entries.length > 0);
  return filled.length === 0 ? null : Object.fromEntries(filled);
}

function headersOf(rows: readonly HeaderRow[]): Record<string, string> {
  const filled = rows.filter(({ name, value }) => name.trim() !== '' || value !== '');
  return Object.fromEntries(
    filled.map(({ name, value, isStored }) => [name.trim(), value === '' && isStored ? MASK : value]),
  );
}

/** What is no number goes as it was typed: the API says what it would take. */
function numberOf(text: string): number {
  const typed: unknown = /^\d+$/.test(text.trim()) ? Number(text) : text;
  return typed as number;
}

function listed(entries: readonly string[] = []): string {
  return entries.join(', ');
}
