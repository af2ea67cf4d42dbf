import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';

import { WebhookEvent } from '../../outbox/webhook-event.entity.js';
import type { SecretBox } from '../../signing/secret-box.js';
import { Webhook } from '../../webhooks/webhook.entity.js';
import { resealed } from './sealed-text.js';

const ROWS_PER_STATEMENT = 500;

/** What was found and done; texts, not rows: a webhook has up to three. */
export interface Resealed {
  /** Sealed by the first key now. */
  resealed: number;
  /** Were sealed by it already. */
  current: number;
  /** Changed by somebody else meanwhile: look again. */
  changed: number;
  /** No key opens them; `webhook <id>` or `event <id>`, the first hundred. */
  unreadable: number;
  unreadableIn: string[];
}

const LISTED = 100;

/** A table with columns that hold sealed texts. */
interface Place {
  what: 'webhook' | 'event';
  entity: EntityTarget<ObjectLiteral & { id: string }>;
  columns: string[];
}

const PLACES: Place[] = [
  { what: 'webhook', entity: Webhook, columns: ['sealedUrl', 'sealedHeaders', 'sealedSecrets'] },
  // Of an agent's token.
  { what: 'event', entity: WebhookEvent, columns: ['originator'] },
];

/** How many rows there are to look at. */
export async function rowsToLookAt(dataSource: DataSource): Promise<number> {
  let rows = 0;
  for (const place of PLACES) rows += await dataSource.getRepository(place.entity).count();
  return rows;
}

/**
 * Seals what is stored anew, in the first key. Every row is a change of its own, made only where the text is still the one
 * that was read: whoever changes a webhook meanwhile wins, and a run that was ended is continued by the next one.
 */
export async function reseal(
  dataSource: DataSource,
  box: SecretBox,
  { dryRun, lookedAt }: { dryRun: boolean; lookedAt: (rows: number) => void },
): Promise<Resealed> {
  const result: Resealed = { resealed: 0, current: 0, changed: 0, unreadable: 0, unreadableIn: [] };
  let rows = 0;
  for (const place of PLACES) {
    for await (const row of rowsOf(dataSource, place)) {
      await resealRow(dataSource, box, place, row, dryRun, result);
      lookedAt(++rows);
    }
  }
  return result;
}

type Row = Record<string, string | null> & { id: string };

async function* rowsOf(dataSource: DataSource, { entity, columns }: Place): AsyncGenerator<Row> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const rows = (await dataSource
      .getRepository(entity)
      .createQueryBuilder('row')
      .select(['row.id', ...columns.map((column) => `row.${column}`)])
      .where('row.id > :after', { after })
      .orderBy('row.id')
      .limit(ROWS_PER_STATEMENT)
      .getMany()) as Row[];
    yield* rows;
    after = rows.length < ROWS_PER_STATEMENT ? undefined : rows.at(-1)?.id;
  }
}

async function resealRow(
  dataSource: DataSource,
  box: SecretBox,
  { what, entity, columns }: Place,
  row: Row,
  dryRun: boolean,
  result: Resealed,
): Promise<void> {
  for (const column of columns) {
    const old = row[column];
    // Of a deleted webhook the secrets are an empty text.
    if (old === null || old === undefined || old === '') continue;
    const fresh = resealed(old, box);
    switch (fresh.state) {
      case 'plain':
        break;
      case 'current':
        result.current += 1;
        break;
      case 'unreadable':
        result.unreadable += 1;
        if (result.unreadableIn.length < LISTED) result.unreadableIn.push(`${what} ${row.id}`);
        break;
      case 'resealed':
        if (dryRun || (await replaced(dataSource, entity, row.id, column, old, fresh.text)))
          result.resealed += 1;
        else result.changed += 1;
        break;
    }
  }
}

/** Leaves the number of the webhook's last change alone: what processes have opened of it is as true as before. */
async function replaced(
  dataSource: DataSource,
  entity: Place['entity'],
  id: string,
  column: string,
  old: string,
  text: string,
): Promise<boolean> {
  const { affected } = await dataSource
    .getRepository(entity)
    .update({ id, [column]: old }, { [column]: text } as object);
  return affected === 1;
}
