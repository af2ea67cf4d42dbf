import { readFile } from 'node:fs/promises';

import type { Database } from '../database.js';

/** Linux counts a process's time in hundredths of a second. */
const TICK_MS = 10;

/** What the database's sessions have used so far, in milliseconds; undefined where there is no /proc to read it from. */
export async function backendsCpuMs(database: Database): Promise<number | undefined> {
  const sessions = await database.rows<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity
     WHERE (datname = current_database() OR backend_type <> 'client backend') AND pid <> pg_backend_pid()`,
  );
  let ticks = 0;
  for (const { pid } of sessions) {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks * TICK_MS;
}
