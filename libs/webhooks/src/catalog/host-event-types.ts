import { OPERATIONAL_PREFIX } from './operational-events.js';

/** An event type that the host adds to the canonical ones, for the option `catalog`. */
export interface HostEventType {
  /** What it is published and asked for as: words of `[a-zA-Z0-9_]` joined by full stops, like `voucher.redeemed`. */
  name: string;
  /** What partners read in the list of event types. */
  label: string;
  description: string;
}

/** What is wrong with an addition to the catalog. */
export interface AdditionFault {
  /** Where it is below `eventTypes`: `[0].name`, or nothing for the list itself. */
  at: string;
  value: unknown;
  remedy: string;
}

const NAME = /^[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)+$/;

/** As long as the column that stores an event's type. */
const NAME_LENGTH = 128;
const TEXT_LENGTH = 500;

/** The first thing that is wrong with the event types a host adds, undefined when nothing is. */
export function faultyAddition(additions: unknown, taken: ReadonlySet<string>): AdditionFault | undefined {
  const remedy =
    "pass a list like [{ name: 'voucher.redeemed', label: 'Voucher redeemed', description: '…' }]";
  if (!Array.isArray(additions)) return { at: '', value: additions, remedy };
  const names = new Set(taken);
  for (const [index, addition] of additions.entries()) {
    if (typeof addition !== 'object' || addition === null)
      return { at: `[${index}]`, value: addition, remedy };
    const fault = faultyEntry(addition as Partial<HostEventType>, names);
    if (fault) return { ...fault, at: `[${index}].${fault.at}` };
    names.add((addition as HostEventType).name);
  }
  return undefined;
}

function faultyEntry(entry: Partial<HostEventType>, taken: ReadonlySet<string>): AdditionFault | undefined {
  const { name } = entry;
  if (typeof name !== 'string' || !NAME.test(name) || name.length > NAME_LENGTH) {
    const remedy = `pass a name of at most ${NAME_LENGTH} characters, of words joined by full stops, like 'voucher.redeemed'`;
    return { at: 'name', value: name, remedy };
  }
  if (name.startsWith(OPERATIONAL_PREFIX)) {
    const remedy = `pass a name that does not begin with '${OPERATIONAL_PREFIX}', which is what the module calls its own news`;
    return { at: 'name', value: name, remedy };
  }
  if (taken.has(name)) {
    return { at: 'name', value: name, remedy: 'pass a name of your own, that one is taken' };
  }
  for (const at of ['label', 'description'] as const) {
    const value: unknown = entry[at];
    if (typeof value === 'string' && value !== '' && value.length <= TEXT_LENGTH) continue;
    return { at, value, remedy: `pass a text of 1 to ${TEXT_LENGTH} characters` };
  }
  return undefined;
}
