import { inspect } from 'node:util';

import { BUILT_IN_NAMES } from '../catalog/event-catalog.js';
import { faultyAddition } from '../catalog/host-event-types.js';
import { AddressPolicy } from '../sending/address-policy.js';
import { parseSecretKey } from '../signing/secret-box.js';
import { WebhooksConfigurationError } from '../webhooks.errors.js';
import type {
  MetricsRegistry,
  ResolvedWebhooksOptions,
  WebhooksOptions,
  WebhooksStructure,
} from '../webhooks.options.js';
import { OPTION_DEFAULTS, STRUCTURE_DEFAULTS } from '../webhooks.options.js';
import { belowWebhooks, besideWebhooks } from '../webhooks/controller-structure.js';

const STRUCTURAL = new Set<string>([
  'access',
  'imports',
  'isGlobal',
  'dataSource',
  'controllers',
  'path',
  'octo',
  'portal',
  'worker',
  'scheduler',
  'queue',
] satisfies (keyof WebhooksStructure)[]);

type NumberOption = {
  [Key in keyof typeof OPTION_DEFAULTS]: (typeof OPTION_DEFAULTS)[Key] extends number ? Key : never;
}[keyof typeof OPTION_DEFAULTS];

/** Lowest and highest value of each option that is a whole number. */
const WHOLE_NUMBERS: Record<Exclude<NumberOption, 'retryJitter'>, [lowest: number, highest: number]> = {
  deadlineMs: [1, 300_000],
  maxResponseBytes: [1_024, 16_777_216],
  maxRetryAfterMs: [0, 2_592_000_000],
  pauseAfterFailures: [1, 1_000_000],
  pauseMs: [1, 86_400_000],
  maxPauseMs: [1, 86_400_000],
  secretOverlapMs: [0, 2_592_000_000],
  maxInFlight: [1, 100],
  orderingMaxWaitMs: [1, 86_400_000],
  concurrency: [1, 10_000],
  sliceSize: [1, 10_000],
  sliceMs: [1, 300_000],
  relayBatchSize: [1, 5_000],
  sweepIntervalMs: [10, 3_600_000],
  retentionDays: [1, 3_650],
  retentionIntervalMs: [10, 86_400_000],
};

/** Of those that are none unless the host sets them. */
const OPTIONAL_NUMBERS = { maxWebhooksPerContract: [1, 1_000_000] } as const;

/**
 * The options with every default in place.
 *
 * @throws WebhooksConfigurationError naming the option, its value and the remedy
 */
export function resolveOptions(
  structure: WebhooksStructure,
  options: WebhooksOptions,
): ResolvedWebhooksOptions {
  checkAccess(structure);
  checkOcto(structure);
  checkPortal(structure);
  const resolved = {
    ...STRUCTURE_DEFAULTS,
    ...withoutUndefined(structure),
    ...OPTION_DEFAULTS,
    ...withoutUndefined(options),
    queue: { name: 'webhooks', ...withoutUndefined(structure.queue ?? {}) },
  };
  checkSecretKeys(resolved.secretKeys);
  checkWords(resolved);
  checkMapping(resolved.events);
  checkCatalog(resolved.catalog);
  checkNumbers(resolved);
  checkRetryDelays(resolved.retryDelaysMs);
  checkAddresses(resolved.allowedAddresses);
  checkLocale(resolved.defaultLocale);
  checkMetrics(resolved.metrics);
  return resolved;
}

/** A factory runs too late for what shapes the module: its value would be ignored without a word. */
export function refuseStructural(fromFactory: object): void {
  for (const option of Object.keys(fromFactory)) {
    if (!STRUCTURAL.has(option)) continue;
    throw new WebhooksConfigurationError(
      'STRUCTURAL_OPTION_IN_FACTORY',
      option,
      `The factory of WebhooksModule.forRootAsync returned '${option}', which Nest needs before the factory runs. Put it ` +
        `beside useFactory: forRootAsync({ ${option}: …, useFactory: … }).`,
    );
  }
}

function checkAccess({ access, controllers = true }: WebhooksStructure): void {
  const remedy = 'pass a function of the request that returns who acts, or leave it out';
  if (access && access !== 'open' && !['undefined', 'function'].includes(typeof access.actor))
    throw wrong('INVALID_OPTION', 'access.actor', access.actor, remedy);
  if (!controllers || access === 'open' || typeof access?.contract === 'function') return;
  throw wrong(
    'ACCESS_MISSING',
    'access',
    access,
    'the REST resources need to know who may call them: pass { guards: [YourGuard], contract: (request) => … }, ' +
      "or 'open' where nobody else can reach them, or controllers: false",
  );
}

function checkOcto({ octo = {}, path = STRUCTURE_DEFAULTS.path }: WebhooksStructure): void {
  if (octo === false) return;
  const remedy = "pass { path: 'octo' }, or false for none of OCTO's routes";
  if (typeof octo !== 'object' || octo === null) throw wrong('INVALID_OPTION', 'octo', octo, remedy);
  const { path: octoPath }: { path?: unknown } = octo;
  if (octoPath !== undefined && typeof octoPath !== 'string')
    throw wrong('INVALID_OPTION', 'octo.path', octoPath, remedy);
  if (belowWebhooks(octoPath ?? 'octo', 'webhooks') !== belowWebhooks(path)) return;
  throw wrong(
    'INVALID_OPTION',
    'octo.path',
    octoPath ?? 'octo',
    `OCTO's webhooks would be at '${path}' too; ${remedy}`,
  );
}

function checkPortal({ portal = {}, path = STRUCTURE_DEFAULTS.path }: WebhooksStructure): void {
  if (portal === false) return;
  const remedy = "pass { path: 'webhooks/portal' }, or false for no portal";
  if (typeof portal !== 'object' || portal === null) throw wrong('INVALID_OPTION', 'portal', portal, remedy);
  const { path: given }: { path?: unknown } = portal;
  if (given === undefined) return;
  if (typeof given !== 'string' || !/[^/]/.test(given))
    throw wrong('INVALID_OPTION', 'portal.path', given, remedy);
  const taken = [
    belowWebhooks(path),
    besideWebhooks(path, 'deliveries'),
    besideWebhooks(path, 'event-types'),
  ];
  if (!taken.includes(belowWebhooks(given))) return;
  throw wrong('INVALID_OPTION', 'portal.path', given, `a REST resource is there; ${remedy}`);
}

function checkSecretKeys(keys: unknown): void {
  const remedy =
    'pass a list of keys of 32 random bytes in base64 or hex, for example from `openssl rand -base64 32`';
  // The value is a secret even when it is malformed.
  if (keys !== undefined && !Array.isArray(keys))
    throw wrong('INVALID_OPTION', 'secretKeys', undefined, remedy, 'is not a list');
  if (keys === undefined || keys.length === 0) throw wrong('INVALID_OPTION', 'secretKeys', keys, remedy);
  const bad = keys.findIndex((key) => typeof key !== 'string' || !parseSecretKey(key));
  if (bad >= 0) throw wrong('INVALID_OPTION', `secretKeys[${bad}]`, undefined, remedy, 'is not a key');
}

/** What TypeScript would have told, for hosts whose options come from the environment as text. */
function checkWords(options: ResolvedWebhooksOptions): void {
  for (const name of ['isGlobal', 'controllers', 'worker', 'allowHttp', 'logAttempts', 'tracing'] as const) {
    const value: unknown = options[name];
    if (typeof value !== 'boolean') throw wrong('INVALID_OPTION', name, value, 'pass true or false');
  }
  const { scheduler, httpClient, userAgent }: Record<'scheduler' | 'httpClient' | 'userAgent', unknown> =
    options;
  if (scheduler !== 'bull' && scheduler !== 'in-process')
    throw wrong('INVALID_OPTION', 'scheduler', scheduler, "pass 'bull' or 'in-process'");
  if (httpClient !== 'axios' && httpClient !== 'undici')
    throw wrong('INVALID_OPTION', 'httpClient', httpClient, "pass 'axios' or 'undici'");
  if (typeof userAgent !== 'string' || !/^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(userAgent))
    throw wrong('INVALID_OPTION', 'userAgent', userAgent, 'pass printable ASCII characters on one line');
}

function checkMapping(events: unknown): void {
  if (events === undefined) return;
  const remedy = "pass an object of functions: { 'your.event': (payload) => bookingUpdated({ … }) }";
  if (typeof events !== 'object' || events === null || Array.isArray(events))
    throw wrong('INVALID_OPTION', 'events', events, remedy);
  for (const [name, mapper] of Object.entries(events)) {
    if (typeof mapper !== 'function') throw wrong('INVALID_OPTION', `events['${name}']`, mapper, remedy);
  }
}

function checkCatalog(catalog: unknown): void {
  if (typeof catalog !== 'object' || catalog === null || Array.isArray(catalog))
    throw wrong('INVALID_OPTION', 'catalog', catalog, 'pass an object like { eventTypes: [ … ] }');
  const { eventTypes = [] } = catalog as { eventTypes?: unknown };
  const fault = faultyAddition(eventTypes, BUILT_IN_NAMES);
  if (fault) throw wrong('INVALID_OPTION', `catalog.eventTypes${fault.at}`, fault.value, fault.remedy);
}

function checkNumbers(options: ResolvedWebhooksOptions): void {
  for (const [name, [lowest, highest]] of Object.entries({ ...WHOLE_NUMBERS, ...OPTIONAL_NUMBERS })) {
    const value = options[name as keyof typeof WHOLE_NUMBERS | keyof typeof OPTIONAL_NUMBERS];
    if (value === undefined && name in OPTIONAL_NUMBERS) continue;
    if (value !== undefined && Number.isInteger(value) && value >= lowest && value <= highest) continue;
    throw wrong('INVALID_OPTION', name, value, `pass a whole number from ${lowest} to ${highest}`);
  }
  const { retryJitter } = options;
  if (!(retryJitter >= 0 && retryJitter <= 1)) {
    throw wrong('INVALID_OPTION', 'retryJitter', retryJitter, 'pass a number from 0 to 1');
  }
}

function checkRetryDelays(delays: unknown): void {
  if (Array.isArray(delays) && delays.every((delay) => Number.isInteger(delay) && delay >= 0)) return;
  throw wrong(
    'INVALID_OPTION',
    'retryDelaysMs',
    delays,
    'pass a list of whole numbers, milliseconds from 0 up',
  );
}

function checkAddresses(allowed: readonly string[]): void {
  try {
    new AddressPolicy(allowed);
  } catch {
    throw wrong(
      'INVALID_OPTION',
      'allowedAddresses',
      allowed,
      "pass address ranges in CIDR form, like '10.0.0.0/8'",
    );
  }
}

function checkLocale(locale: unknown): void {
  if (typeof locale === 'string' && isLanguageTag(locale)) return;
  throw wrong('INVALID_OPTION', 'defaultLocale', locale, "pass a BCP 47 tag, like 'en' or 'pt-BR'");
}

function checkMetrics(metrics: unknown): void {
  const { getSingleMetric, registerMetric } = Object(metrics) as Record<keyof MetricsRegistry, unknown>;
  const isRegistry = typeof getSingleMetric === 'function' && typeof registerMetric === 'function';
  if (typeof metrics === 'boolean' || isRegistry) return;
  throw wrong(
    'INVALID_OPTION',
    'metrics',
    metrics,
    "pass a Registry of prom-client, or true for prom-client's own default one",
  );
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function wrong(
  code: string,
  option: string,
  value: unknown,
  remedy: string,
  fault?: string,
): WebhooksConfigurationError {
  const said =
    fault ?? (value === undefined ? 'is missing' : `is ${inspect(value, { breakLength: Infinity })}`);
  return new WebhooksConfigurationError(
    code,
    option,
    `WebhooksModule: the option '${option}' ${said}; ${remedy}.`,
  );
}

/** So that an option given as undefined has its default. */
export function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
