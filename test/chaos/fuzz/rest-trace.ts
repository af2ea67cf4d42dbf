import type { RestAnswer } from './answer-rules.js';
import type { RestCase } from './rest-cases.js';

/** What the answers about one webhook that was there before said they did. */
export interface Said {
  /** Columns of its row that requests were answered to have changed. */
  columns: Set<string>;
  deleted: boolean;
  /** Tests that were sent. */
  tests: number;
  /** Deliveries that recoveries have made due; the new ones are among them. */
  recovered: number;
}

/** What a batch did, for those who look at the rows afterwards: nothing else may have happened. */
export interface BatchTrace {
  faults: string[];
  /** Webhooks that an answer said were created. */
  created: Set<string>;
  said: Map<string, Said>;
}

export const SAID_NOTHING: Readonly<Said> = { columns: new Set(), deleted: false, tests: 0, recovered: 0 };

/** Columns that the engine changes too. */
export const STATUS_COLUMNS = ['status', 'disabled_reason'];

/** Columns whose name is not their field's. OCTO's credentials in a URL become a header. */
const COLUMNS_OF: Record<string, string[]> = {
  url: ['url', 'sealed_url'],
  headers: ['sealed_headers'],
  event: ['event_types'],
  notificationTypes: ['event_types'],
};

/** Notes what an answer below 300 to anything but a GET says. */
export function note(trace: BatchTrace, request: RestCase, path: string, { text }: RestAnswer): void {
  const [, id, action] = /^\/(?:webhooks|octo\/[\w/]+)\/([0-9a-f-]{36})(?:\/([\w-]+))?$/.exec(path) ?? [];
  if (isCreation(path)) trace.created.add((JSON.parse(text) as { id: string }).id);
  if (id === undefined) return;
  const said = trace.said.get(id) ?? { ...SAID_NOTHING, columns: new Set() };
  trace.said.set(id, said);
  if (request.method === 'DELETE') said.deleted = true;
  if (action === 'test') said.tests += 1;
  if (action === 'recover') said.recovered += (JSON.parse(text) as { recovered: number }).recovered;
  for (const column of columnsOf(request, path, action)) said.columns.add(column);
}

export function isCreation(path: string): boolean {
  return /^\/(webhooks|octo\/webhooks|octo\/notifications\/subs?criptions)$/.test(path);
}

function columnsOf({ method, body }: RestCase, path: string, action: string | undefined): string[] {
  if (action === 'activate' || action === 'deactivate') return STATUS_COLUMNS;
  if (action === 'rotate-secret') return ['sealed_secrets'];
  if (method !== 'PATCH') return [];
  const isOcto = path.startsWith('/octo/webhooks/');
  return [
    ...fieldsOf(body?.text ?? '').flatMap((field) => COLUMNS_OF[field] ?? [snake(field)]),
    ...(isOcto ? ['capabilities'] : []),
  ];
}

/** None, where a server takes what cannot be read for no body: a byte order mark alone, spaces alone. */
function fieldsOf(text: string): string[] {
  try {
    return Object.keys((JSON.parse(text.replace(/^\ufeff/, '')) ?? {}) as object);
  } catch {
    return [];
  }
}

function snake(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
