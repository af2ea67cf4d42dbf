import type { QueryRunner, TableColumn } from 'typeorm';
import { Table } from 'typeorm';

/** What TypeORM knows its queries by. */
const QUERY = Symbol.for('Query');

/**
 * A query runner that writes down what a migration would do instead of doing it. TypeORM's own memory of SQL forgets the
 * tables it has not made, so a migration that changes a table of an earlier one would fail on an empty database; and it
 * runs what is given to `query`.
 */
export function recording(runner: QueryRunner): QueryRunner {
  const made = new Map<string, Table>();
  runner.enableSqlMemory();
  return new Proxy(runner, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      if (name === 'query')
        return (sql: string, parameters?: unknown[]) => {
          target.getMemorySql().upQueries.push({ query: sql, parameters, '@instanceof': QUERY });
          return Promise.resolve([]);
        };
      return async (...args: unknown[]) => {
        const [first, ...rest] = args;
        const table = typeof first === 'string' ? made.get(first) : undefined;
        if (table && name === 'hasTable') return true;
        const result: unknown = await (member as (...all: unknown[]) => unknown).call(
          target,
          table ?? first,
          ...rest,
        );
        if (name === 'createTable' && first instanceof Table) made.set(first.name, first);
        if (table && name === 'addColumn') table.addColumn(rest[0] as TableColumn);
        return result;
      };
    },
  });
}
