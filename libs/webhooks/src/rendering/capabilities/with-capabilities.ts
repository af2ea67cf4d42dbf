import type { Value } from '../document.js';
import { isFields } from './host-fields.js';
import type { Fields } from './host-fields.js';
import { MODELS } from './opened-fields.js';
import type { ModelName } from './opened-fields.js';

/** Packages can hold bookings that hold packages; what lies deeper than this is left out. */
const DEEPEST = 16;

/** An order is of octo/cart: without it there would be none. */
const ALWAYS: Record<string, string> = { order: 'octo/cart' };

interface Gate {
  needs: ReadonlyMap<string, string>;
  holds: ReadonlyMap<string, ModelName>;
}

const GATES = new Map<ModelName, Gate>(
  Object.entries(MODELS).map(([name, { opens, holds }]) => [
    name as ModelName,
    {
      needs: new Map(
        Object.entries(opens).flatMap(([capability, fields]) => fields.map((field) => [field, capability])),
      ),
      holds: new Map(Object.entries(holds)),
    },
  ]),
);

/** What is in force for a body of a kind when a webhook asked for these capabilities. */
export function inForce(kind: string, capabilities: ReadonlySet<string>): ReadonlySet<string> {
  const always = ALWAYS[kind];
  return always === undefined ? capabilities : new Set([...capabilities, always]);
}

/**
 * A booking, an availability, … with the fields that the capabilities open, wherever in it they are. Fields that no
 * capability opens stay, the host's own among them.
 */
export function withCapabilities(
  kind: 'booking' | 'availability' | 'product' | 'order' | 'supplier',
  value: Fields,
  capabilities: ReadonlySet<string>,
): Fields {
  return opened(kind, value, inForce(kind, capabilities), 0);
}

function opened(model: ModelName, value: Fields, capabilities: ReadonlySet<string>, depth: number): Fields {
  const { needs, holds } = GATES.get(model)!;
  const entries: [string, Value][] = [];
  for (const [field, content] of Object.entries(value)) {
    const needed = needs.get(field);
    if (needed !== undefined && !capabilities.has(needed)) continue;
    const held = holds.get(field);
    if (held === undefined) entries.push([field, content]);
    else if (depth < DEEPEST) entries.push([field, openedWithin(held, content, capabilities, depth + 1)]);
  }
  return Object.fromEntries(entries);
}

function openedWithin(
  model: ModelName,
  content: Value,
  capabilities: ReadonlySet<string>,
  depth: number,
): Value {
  if (isFields(content)) return opened(model, content, capabilities, depth);
  if (!Array.isArray(content)) return content;
  return content.map((item) => (isFields(item) ? opened(model, item, capabilities, depth) : item));
}
