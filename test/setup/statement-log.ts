import type { Logger } from 'typeorm';

/** Every statement that TypeORM sends, transactions' BEGIN and COMMIT included. */
export class StatementLog implements Logger {
  readonly statements: string[] = [];
  /** What the database refused, since the application started. */
  readonly errors: string[] = [];
  /** Called with each statement before it is sent. */
  onStatement: (statement: string) => void = () => undefined;

  /** Forgets what has been sent so far. */
  clear(): void {
    this.statements.length = 0;
  }

  get count(): number {
    return this.statements.length;
  }

  logQuery(query: string): void {
    this.statements.push(query);
    this.onStatement(query);
  }

  logQueryError(error: string | Error): void {
    this.errors.push(String(error));
  }

  logQuerySlow(): void {
    // Speed is not a matter for specs.
  }

  logSchemaBuild(): void {
    // Not what is counted.
  }

  logMigration(): void {
    // Not what is counted.
  }

  log(): void {
    // Not what is counted.
  }
}
