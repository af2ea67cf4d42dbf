/**
 * Where the messages of an event type are: `${eventTypeKey('checkfront', 'New Payment/Refund')}.label` and `.description`.
 * The names of our own event types are in the dialect `canonical`.
 */
export function eventTypeKey(dialect: string, name: string): string {
  return `eventType.${safe(dialect)}.${safe(name)}`;
}

function safe(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}
