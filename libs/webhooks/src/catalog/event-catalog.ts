import { distance } from 'fastest-levenshtein';
import { LRUCache } from 'lru-cache';

import { CAPDATA } from './dialects/capdata.js';
import { CHECKFRONT } from './dialects/checkfront.js';
import { DELAY_CARE } from './dialects/delay-care.js';
import type { Dialect, DialectEventType } from './dialects/dialect.js';
import { OCTO } from './dialects/octo.js';
import { OCTO_NOTIFICATION } from './dialects/octo-notification.js';
import { OPERATIONAL, STANDARD } from './dialects/standard.js';
import type { EventChange } from './event-change.js';
import type { EventFilter } from './event-filter.js';
import type { HostEventType } from './host-event-types.js';
import { Interest } from './interest.js';
import { isOperational } from './operational-events.js';
import { TypeRules } from './type-rules.js';

const BUILT_IN: readonly DialectEventType[] = [
  ...STANDARD,
  ...OPERATIONAL,
  ...OCTO,
  ...OCTO_NOTIFICATION,
  ...CHECKFRONT,
  ...CAPDATA,
  ...DELAY_CARE,
];

/** Names that a host cannot give to a type of its own. */
export const BUILT_IN_NAMES: ReadonlySet<string> = new Set(BUILT_IN.map(({ name }) => name));

/** Lists of event types that are kept read; a list beyond it is read again for each webhook that has it. */
const RULES_KEPT = 10_000;

/** An event type as partners see it in the list. */
export interface EventTypeEntry {
  name: string;
  dialect: Dialect;
  label: string;
  description: string;
  /** The canonical types that it stands for; of some dialects' names only those of their events that the description tells. */
  types: readonly string[];
}

/**
 * The event types that webhooks can ask for: canonical ones (the host's own included) under their names, `booking.*`
 * and `*`, every dialect's own names, and our own news by name or as `webhook.*`.
 */
export class EventCatalog {
  private readonly byName: ReadonlyMap<string, DialectEventType>;
  private readonly rules = new LRUCache<string, TypeRules>({ max: RULES_KEPT });

  /** What a host can publish, in the order it is listed. */
  readonly canonicalTypes: readonly string[];
  /** What can be stored: also our own news. */
  private readonly storedTypes: readonly string[];

  /** @param hostAdditions as `faultyAddition` finds nothing wrong with them */
  constructor(hostAdditions: readonly HostEventType[] = []) {
    const additions = hostAdditions.map(({ name, label, description }): DialectEventType => ({
      name,
      dialect: 'standard',
      label,
      description,
      types: [name],
    }));
    const entries = [...STANDARD, ...additions, ...BUILT_IN.slice(STANDARD.length)];
    this.byName = new Map(entries.map((entry) => [entry.name, entry]));
    this.canonicalTypes = [...STANDARD, ...additions].map(({ name }) => name);
    this.storedTypes = [...this.canonicalTypes, ...OPERATIONAL.map(({ name }) => name)];
  }

  list(): EventTypeEntry[] {
    return [...this.byName.values()].map(({ name, dialect, label, description, types }) => ({
      name,
      dialect,
      label,
      description,
      types,
    }));
  }

  /** The canonical types that a name stands for; none for a name that is not in the list. */
  typesOf(name: string): readonly string[] {
    return this.byName.get(name)?.types ?? [];
  }

  /** Whether there are events of that type: the host's, or our own news. */
  isCanonical(name: string): boolean {
    return this.byName.get(name)?.dialect === 'standard';
  }

  /** Whether a host can publish an event under the name. */
  isPublishable(name: string): boolean {
    return this.isCanonical(name) && !isOperational(name);
  }

  /** Whether a pattern covers at least one type of event. */
  isKnown(pattern: string): boolean {
    return this.byName.has(pattern) || this.canonicalTypesOf([pattern]).length > 0;
  }

  covers(pattern: string, change: EventChange): boolean {
    return new TypeRules([pattern], this.byName).cover(change);
  }

  /** What a webhook wants that names these event types and filters. Webhooks with the same types share their reading. */
  interest(patterns: readonly string[], filter: EventFilter | null): Interest {
    const key = JSON.stringify(patterns);
    const rules = this.rules.get(key) ?? new TypeRules(patterns, this.byName);
    this.rules.set(key, rules);
    return new Interest(rules, filter);
  }

  /** The canonical types of which at least some events match one of the patterns, in the catalog's order. */
  canonicalTypesOf(patterns: readonly string[]): string[] {
    const rules = new TypeRules(patterns, this.byName);
    return this.storedTypes.filter((type) => rules.mayCover(type));
  }

  /** Every pattern that may cover what the given one stands for: of a canonical type its dialects' names too. */
  patternsCovering(pattern: string): string[] {
    if (!this.isCanonical(pattern)) return [pattern];
    const words = pattern.split('.');
    const prefixes = words.slice(1).map((_, index) => `${words.slice(0, index + 1).join('.')}.*`);
    const names = [...this.byName.values()].filter(({ types }) => types.includes(pattern));
    return [...names.map(({ name }) => name), ...prefixes, ...(isOperational(pattern) ? [] : ['*'])];
  }

  /** The names closest to one that is not known, best first. */
  nearest(name: string, among: Iterable<string> = this.byName.keys(), count = 3): string[] {
    const lowered = name.toLowerCase();
    return [...among]
      .map((known) => ({ known, steps: distance(lowered, known.toLowerCase()) }))
      .sort((a, b) => a.steps - b.steps)
      .slice(0, count)
      .map(({ known }) => known);
  }
}
