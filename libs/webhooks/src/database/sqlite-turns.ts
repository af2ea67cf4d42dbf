import type { DataSource, Driver, EntitySubscriberInterface, QueryRunner } from 'typeorm';
import { EntityManager } from 'typeorm';

import { knownDialect } from './dialect.js';

/** How long the module waits for a transaction of the host's to end. */
const LONGEST_WAIT_MS = 20_000;

/**
 * The data source as the module uses it. On SQLite, TypeORM has one connection and one query runner for everybody: what the
 * module wrote while a transaction of the host's is open would be rolled back with it, and the relay would see events that
 * are not committed. There the module gets query runners of its own, and takes turns with the host.
 */
export function ownDataSource(dataSource: DataSource): DataSource {
  if (knownDialect(dataSource) !== 'sqlite') return dataSource;
  const turns = new Turns();
  const ours = new WeakSet<QueryRunner>();
  dataSource.subscribers.push(new HostTurns(turns, ours));
  const Runner = dataSource.createQueryRunner().constructor as new (driver: Driver) => QueryRunner;

  const own = Object.create(dataSource) as DataSource;
  const createQueryRunner = (): QueryRunner => {
    const runner = new Runner(dataSource.driver);
    ours.add(runner);
    Object.assign(runner, { manager: new EntityManager(own, runner) });
    return takingTurns(runner, turns);
  };
  Object.defineProperties(own, {
    createQueryRunner: { value: createQueryRunner },
    manager: { value: new EntityManager(own) },
  });
  return own;
}

/** Who may use the connection, one after another. */
class Turns {
  private last: Promise<void> = Promise.resolve();

  /** @returns what ends the turn, after what its holder still does in this turn of the event loop */
  take(): Promise<() => void> {
    const before = this.last;
    let end: () => void = () => undefined;
    this.last = new Promise((resolve) => (end = () => setImmediate(resolve)));
    return before.then(() => end);
  }
}

/** A transaction takes one turn, and so does a statement outside of one. */
function takingTurns(runner: QueryRunner, turns: Turns): QueryRunner {
  const query = (...statement: Parameters<QueryRunner['query']>): Promise<unknown> => ask(...statement);
  const ask = runner.query.bind(runner);
  const startTransaction = runner.startTransaction.bind(runner);
  const commitTransaction = runner.commitTransaction.bind(runner);
  const rollbackTransaction = runner.rollbackTransaction.bind(runner);
  let end: (() => void) | undefined;
  const endTurn = () => {
    if (runner.isTransactionActive) return;
    end?.();
    end = undefined;
  };

  const taking = {
    query: async (...statement: Parameters<QueryRunner['query']>): Promise<unknown> => {
      if (end) return query(...statement);
      const endOne = await inTime(turns.take());
      return query(...statement).finally(endOne);
    },
    startTransaction: async (...isolation: Parameters<QueryRunner['startTransaction']>) => {
      end ??= await inTime(turns.take());
      await startTransaction(...isolation).catch((error: unknown) => {
        endTurn();
        throw error;
      });
    },
    commitTransaction: () => commitTransaction().finally(endTurn),
    rollbackTransaction: () => rollbackTransaction().finally(endTurn),
  };
  Object.assign(runner, taking);
  return runner;
}

async function inTime(turn: Promise<() => void>): Promise<() => void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new Error(
          `A transaction has been open on SQLite's only connection for ${LONGEST_WAIT_MS} ms. Inside a transaction of your ` +
            'own, publish with its { manager }, and call the other methods of the module after it.',
        ),
      );
    }, LONGEST_WAIT_MS);
    timer.unref();
  });
  try {
    return await Promise.race([turn, late]);
  } catch (error) {
    void turn.then((end) => end());
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Has the host's transactions and statements wait for the module's, by what TypeORM tells its subscribers. */
class HostTurns implements EntitySubscriberInterface {
  private end: (() => void) | undefined;
  /** Shared by transactions that begin while the module has its turn: they become one, as TypeORM has it on SQLite. */
  private taking: Promise<() => void> | undefined;

  constructor(
    private readonly turns: Turns,
    private readonly ours: WeakSet<QueryRunner>,
  ) {}

  async beforeTransactionStart({ queryRunner }: { queryRunner: QueryRunner }): Promise<void> {
    if (this.ours.has(queryRunner) || this.end) return;
    this.taking ??= this.turns.take();
    this.end = await this.taking;
    this.taking = undefined;
  }

  /** Inside a transaction of the host's, all its statements are: it has one query runner. */
  async beforeQuery({ queryRunner }: { queryRunner: QueryRunner }): Promise<void> {
    if (this.ours.has(queryRunner) || this.end) return;
    const end = await this.turns.take();
    end();
  }

  afterTransactionCommit({ queryRunner }: { queryRunner: QueryRunner }): void {
    this.ended(queryRunner);
  }

  afterTransactionRollback({ queryRunner }: { queryRunner: QueryRunner }): void {
    this.ended(queryRunner);
  }

  private ended(queryRunner: QueryRunner): void {
    if (this.ours.has(queryRunner) || queryRunner.isTransactionActive) return;
    this.end?.();
    this.end = undefined;
  }
}
