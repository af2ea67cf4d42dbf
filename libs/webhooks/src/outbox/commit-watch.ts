import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { DataSource, EntitySubscriberInterface, QueryRunner } from 'typeorm';

import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';

/**
 * Calls back when a transaction that appended events has committed. A commit it cannot see (raw SQL, another process that
 * was killed right after it) is found by the sweep.
 */
@Injectable()
export class CommitWatch implements EntitySubscriberInterface, OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(CommitWatch.name);
  private readonly appended = new WeakSet<QueryRunner>();
  private listener: () => void = () => undefined;

  constructor(@Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    this.dataSource.subscribers.push(this);
  }

  onModuleDestroy(): void {
    const index = this.dataSource.subscribers.indexOf(this);
    if (index >= 0) this.dataSource.subscribers.splice(index, 1);
  }

  /** Who is told. One listener: the relay's bell. */
  onCommit(listener: () => void): void {
    this.listener = listener;
  }

  /** Without an active transaction the append is committed already. */
  afterCommitOf(queryRunner: QueryRunner | undefined): void {
    if (queryRunner?.isTransactionActive) this.appended.add(queryRunner);
    else this.tell();
  }

  /** TypeORM also calls this when a savepoint is released; the transaction is still active then. */
  afterTransactionCommit({ queryRunner }: { queryRunner: QueryRunner }): void {
    if (queryRunner.isTransactionActive || !this.appended.delete(queryRunner)) return;
    this.tell();
  }

  afterTransactionRollback({ queryRunner }: { queryRunner: QueryRunner }): void {
    if (!queryRunner.isTransactionActive) this.appended.delete(queryRunner);
  }

  private tell(): void {
    try {
      this.listener();
    } catch (error) {
      // The host's transaction is committed; an exception here would tell its caller otherwise.
      this.logger.error(
        `Waking the relay after a commit failed; the sweep will find the events: ${String(error)}`,
      );
    }
  }
}
