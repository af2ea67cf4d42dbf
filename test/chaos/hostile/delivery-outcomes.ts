import type { Pool } from 'pg';

/** What became of the deliveries of one webhook. */
export interface Outcomes {
  attempts: number;
  /** Attempts that were answered with 2xx. */
  heard: number;
  /** Attempts that ended before an address was dialled. */
  refused: number;
}

/** By the webhook's id; one that nothing was sent to is missing. */
export async function outcomesOf(database: Pool): Promise<Map<string, Outcomes>> {
  const { rows } = await database.query<{ webhookId: string } & Record<keyof Outcomes, string>>(
    `SELECT delivery.webhook_id AS "webhookId", count(*) AS attempts,
       count(*) FILTER (WHERE attempt.error IS NULL) AS heard,
       count(*) FILTER (WHERE attempt.error = 'address_refused') AS refused
     FROM webhook_attempt attempt JOIN webhook_delivery delivery ON delivery.id = attempt.delivery_id
     GROUP BY delivery.webhook_id`,
  );
  return new Map(
    rows.map(({ webhookId, attempts, heard, refused }) => [
      webhookId,
      { attempts: Number(attempts), heard: Number(heard), refused: Number(refused) },
    ]),
  );
}

/** The longest text of an answer that is kept, in characters. */
export async function longestKeptAnswer(database: Pool): Promise<number> {
  const { rows } = await database.query<{ longest: number | null }>(
    'SELECT max(length(response_body)) AS longest FROM webhook_attempt',
  );
  return rows[0]?.longest ?? 0;
}
