import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { columnArrays } from '../database/column-arrays.js';
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
import type { Written } from './record-statement.js';
import { RECORD, RESULT_COLUMNS } from './record-statement.js';
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
    const recorded = await tryingAgain(
      () => this.write(rows),
      (error, againInMs) => {
        failed = true;
        this.logger.warn(
          `Recording ${rows.length} attempts failed, trying again in ${againInMs} ms: ${String(error)}`,
        );
      },
    );
    // What was committed before its answer was lost is refused when it is written again.
    return failed ? this.known(rows) : recorded;
  }

  private async known(rows: RecordRow[]): Promise<(DeliveryStatus | undefined)[]> {
    const found = await select<Recorded>(
      this.dataSource.manager,
      `SELECT attempt.id, delivery.status FROM webhook_attempt AS attempt
       JOIN webhook_delivery AS delivery ON delivery.id = attempt.delivery_id WHERE attempt.id IN (:...ids)`,
      { ids: rows.map(({ attempt_id }) => attempt_id) },
    );
    return statuses(rows, found);
  }

  private async write(rows: RecordRow[]): Promise<(DeliveryStatus | undefined)[]> {
    if (!isPostgres(this.dataSource.manager))
      return statuses(rows, await recordAttempts(this.dataSource, rows));
    const { count, unlike } = await this.writeOnPostgres(rows);
    if (count < rows.length) return this.known(rows);
    return rows.map(({ attempt_id, status }) => unlike?.[attempt_id] ?? status);
  }

  private async writeOnPostgres(rows: RecordRow[]): Promise<Written> {
    const [written]: Written[] = await this.dataSource.query(RECORD, [
      ...columnArrays(RESULT_COLUMNS, rows),
      [...new Set(rows.map(({ webhook_id }) => webhook_id))],
    ]);
    return written ?? { count: 0, unlike: null };
  }
}

interface Recorded {
  id: string;
  status: DeliveryStatus;
}

/** In the order of `rows`, what became of their deliveries; undefined for attempts that were not recorded. */
function statuses(rows: RecordRow[], recorded: Recorded[]): (DeliveryStatus | undefined)[] {
  const byAttempt = new Map(recorded.map(({ id, status }) => [id, status]));
  return rows.map(({ attempt_id }) => byAttempt.get(attempt_id));
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
