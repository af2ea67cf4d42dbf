import type { DialectEventType } from './dialects/dialect.js';
import type { EventChange } from './event-change.js';
import { isOperational } from './operational-events.js';

/** What of a type's events is covered: all, none, or those for which one of the conditions holds. */
type Rule = 'all' | 'none' | NonNullable<DialectEventType['when']>[];

/**
 * A list of event types and patterns, read once for each type of event. A type that this process's catalog does not
 * know is covered by its name and by wildcards nevertheless: a newer process may publish it during a rollout.
 */
export class TypeRules {
  private readonly byType = new Map<string, Rule>();

  constructor(
    private readonly patterns: readonly string[],
    private readonly known: ReadonlyMap<string, DialectEventType>,
  ) {}

  cover(change: EventChange): boolean {
    const rule = this.ruleOf(change.type);
    if (rule === 'all' || rule === 'none') return rule === 'all';
    return rule.some((when) => when(change));
  }

  mayCover(type: string): boolean {
    return this.ruleOf(type) !== 'none';
  }

  /** Whether the type alone does not tell. */
  dependsOnData(type: string): boolean {
    return Array.isArray(this.ruleOf(type));
  }

  private ruleOf(type: string): Rule {
    const read = this.byType.get(type);
    if (read !== undefined) return read;
    const rule = this.read(type);
    this.byType.set(type, rule);
    return rule;
  }

  private read(type: string): Rule {
    const conditions: NonNullable<DialectEventType['when']>[] = [];
    for (const pattern of this.patterns) {
      if (matchesCanonical(pattern, type)) return 'all';
      const name = this.known.get(pattern);
      if (!name?.types.includes(type)) continue;
      if (!name.when) return 'all';
      conditions.push(name.when);
    }
    return conditions.length > 0 ? conditions : 'none';
  }
}

function matchesCanonical(pattern: string, type: string): boolean {
  if (pattern === type || (pattern === '*' && !isOperational(type))) return true;
  return pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1));
}
