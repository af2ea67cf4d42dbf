import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { isPostgres } from '../database/dialect.js';
import { select } from '../database/portable-sql.js';
import type { AttemptKind } from '../deliveries/webhook-attempt.entity.js';
import type { DeliveryStatus } from '../deliveries/webhook-delivery.entity.js';
import type { Decision } from '../retrying/retry-policy.js';
import { newId } from '../new-id.js';
import type { Clock } from '../webhooks.clock.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import type { AttemptResult } from './attempt.js';
import { Coalescer } from './coalescer.js';
import type { LaneClaim } from './lane-claims.js';
import type { DueDelivery } from './lane-reader.js';
import type { RecordRow } from './portable-lane-recorder.js';
import { recordAttempts } from './portable-lane-recorder.js';
import { tryingAgain } from './trying-again.js';

/** An attempt, and what became of its delivery. */
export interface AttemptRecord {
  claim: LaneClaim;
  delivery: DueDelivery;
  kind: AttemptKind;
  firstAttemptAt: number;
  result: AttemptResult;
  decision: Decision;
}

const RECORDS_PER_STATEMENT = 500;
/** The database writes one while this process makes the next. Each holds what up to 500 receivers have answered. */
const STATEMENTS_AT_ONCE = 2;
const DETAIL_LENGTH = 512;
/** Only a failed attempt leaves something to ask for. A redelivery's due time is the time it was asked at. */
const ASKED_AGAIN = `(result.status <> 'succeeded' AND delivery.status = 'pending' AND delivery.due_at > result.started_at)`;

/**
 * Writes attempts and the state of their deliveries, in one statement for all lanes that have results. A result counts
 * only while its lane's lease is the claim's and the delivery is as the claim found it: what a worker sends after it lost
 * its lease is not recorded over newer state.
 */
@Injectable()
export class LaneRecorder {
  private readonly logger = new Logger(LaneRecorder.name);
  private readonly recording = new Coalescer(
    (records: AttemptRecord[]) => this.writeDespiteFailures(records.map((record) => row(record, this.clock))),
    RECORDS_PER_STATEMENT,
    STATEMENTS_AT_ONCE,
  );

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param patienceMs how long the record may wait for others
   * @returns what became of the delivery, which is not what was decided if somebody asked for it again meanwhile; undefined
   * when the lease was lost
   */
  record(record: AttemptRecord, patienceMs: number): Promise<DeliveryStatus | undefined> {
    return this.recording.add(record, patienceMs);
  }

  private async writeDespiteFailures(rows: RecordRow[]): Promise<(DeliveryStatus | undefined)[]> {
    let failed = false;
    const accepted = await tryingAgain(
      () => this.write(rows),
      (error, againInMs) => {
        failed = true;
        this.logger.warn(
          `Recording ${rows.length} attempts failed, trying again in ${againInMs} ms: ${String(error)}`,
        );
      },
    );
    // What was committed before its answer was lost is refused when it is written again.
    const known = failed ? await this.known(rows) : accepted;
    return rows.map(({ attempt_id }) => known.get(attempt_id));
  }

  private async known(rows: RecordRow[]): Promise<Map<string, DeliveryStatus>> {
    const found = await select<Accepted>(
      this.dataSource.manager,
      `SELECT attempt.id, delivery.status FROM webhook_attempt AS attempt
       JOIN webhook_delivery AS delivery ON delivery.id = attempt.delivery_id WHERE attempt.id IN (:...ids)`,
      { ids: rows.map(({ attempt_id }) => attempt_id) },
    );
    return byAttempt(found);
  }

  /** @returns of the attempts that were accepted, what became of their deliveries */
  private async write(rows: RecordRow[]): Promise<Map<string, DeliveryStatus>> {
    if (!isPostgres(this.dataSource.manager)) return byAttempt(await recordAttempts(this.dataSource, rows));
    return new Map(Object.entries(await this.writeOnPostgres(rows)));
  }

  private async writeOnPostgres(rows: RecordRow[]): Promise<Record<string, DeliveryStatus>> {
    const [answer]: { accepted: Record<string, DeliveryStatus> | null }[] = await this.dataSource.query(
      // A delivery that its owner cancelled meanwhile is not made pending again. One that somebody asked for again since the
      // attempt began (its due time is later than that) is due when they asked if the attempt failed, with a new budget if
      // it was the last: as if they had asked just after it. The lanes' ids stand by themselves so that the planner knows
      // how few they are: it takes any JSON for a hundred rows and reads every lane.
      `WITH result AS (
         SELECT * FROM json_to_recordset($1::json) AS r(delivery_id varchar, webhook_id varchar, token varchar,
           status varchar, due_at bigint, completed_at bigint, first_attempt_at bigint, number int, attempt_id varchar,
           kind varchar, started_at bigint, duration_ms int, status_code int, error varchar, detail varchar,
           response_body text, body_sha256 varchar)
       ), recorded AS (
         UPDATE webhook_delivery AS delivery SET
           status = CASE WHEN result.status = 'pending' OR ${ASKED_AGAIN} THEN delivery.status ELSE result.status END,
           due_at = CASE WHEN delivery.status = 'pending' AND NOT ${ASKED_AGAIN} THEN result.due_at ELSE delivery.due_at END,
           completed_at = CASE WHEN result.status = 'pending' OR ${ASKED_AGAIN} THEN delivery.completed_at
             ELSE result.completed_at END,
           first_attempt_at = CASE WHEN result.status <> 'pending' AND ${ASKED_AGAIN} THEN NULL
             ELSE result.first_attempt_at END,
           attempts_before_budget = CASE WHEN result.status <> 'pending' AND ${ASKED_AGAIN} THEN result.number
             ELSE delivery.attempts_before_budget END,
           attempt_count = result.number,
           last_status_code = result.status_code,
           last_error = result.error
         FROM result
         JOIN webhook_lane AS lane ON lane.webhook_id = result.webhook_id AND lane.lease_token = result.token
           AND lane.webhook_id = ANY($2)
         WHERE delivery.id = result.delivery_id AND delivery.attempt_count = result.number - 1
         RETURNING delivery.status AS now, result.*
       ), inserted AS (
         INSERT INTO webhook_attempt (id, delivery_id, number, kind, started_at, duration_ms, status_code, error, detail,
           response_body, body_sha256)
         SELECT attempt_id, delivery_id, number, kind, started_at, duration_ms, status_code, error, detail,
           response_body, body_sha256
         FROM recorded
       )
       SELECT json_object_agg(attempt_id, now) AS accepted FROM recorded`,
      [JSON.stringify(rows), [...new Set(rows.map(({ webhook_id }) => webhook_id))]],
    );
    return answer?.accepted ?? {};
  }
}

interface Accepted {
  id: string;
  status: DeliveryStatus;
}

function byAttempt(accepted: Accepted[]): Map<string, DeliveryStatus> {
  return new Map(accepted.map(({ id, status }) => [id, status]));
}

function row(
  { claim, delivery, kind, firstAttemptAt, result, decision }: AttemptRecord,
  clock: Clock,
): RecordRow {
  const { outcome } = result;
  const failed = outcome.kind === 'failed' ? outcome : undefined;
  return {
    delivery_id: delivery.id,
    webhook_id: claim.webhookId,
    token: claim.token,
    status: decision.status,
    due_at: decision.status === 'pending' ? decision.dueAt : null,
    completed_at: decision.status === 'pending' ? null : clock.now(),
    first_attempt_at: firstAttemptAt,
    number: delivery.attemptCount + 1,
    attempt_id: newId(clock),
    kind,
    started_at: result.startedAt,
    duration_ms: Math.round(result.durationMs),
    status_code: outcome.statusCode ?? null,
    error: failed?.reason ?? null,
    detail: failed ? storable(failed.detail) : null,
    response_body: result.responseText === '' ? null : result.responseText,
    body_sha256: result.bodySha256,
  };
}

/**
 * Parts of it can come from a receiver (a certificate's name). PostgreSQL refuses NUL and half of a surrogate pair, and
 * one refused row would fail the statement of every lane.
 */
function storable(detail: string): string {
  return Buffer.from(detail.slice(0, DETAIL_LENGTH).replaceAll('\0', ''), 'utf8').toString('utf8');
}
