import type { Database } from '../database.js';

/** Statements of the workers' connections so far, BEGIN and COMMIT among them. */
export async function statementCounts(database: Database): Promise<number> {
  const { calls } = await database.row<{ calls: number }>(
    `SELECT COALESCE(SUM(calls), 0)::int AS calls FROM pg_stat_statements
     WHERE toplevel AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return calls;
}

export interface Statement {
  /** Its beginning, on one line. */
  text: string;
  calls: number;
  /** In PostgreSQL, planning and execution. */
  totalMs: number;
}

/** The workers' statements by the time they took, longest first. */
export function statements(database: Database): Promise<Statement[]> {
  return database.rows<Statement>(
    `SELECT regexp_replace(left(query, 2000), '\\s+', ' ', 'g') AS text, calls::int,
       total_exec_time + total_plan_time AS "totalMs"
     FROM pg_stat_statements
     WHERE toplevel AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
     ORDER BY 3 DESC`,
  );
}

export async function forgetStatements(database: Database): Promise<void> {
  await database.rows('SELECT pg_stat_statements_reset()');
}
