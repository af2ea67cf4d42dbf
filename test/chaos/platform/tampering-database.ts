import { DataSource } from 'typeorm';

import type { Methods, Tampering } from './engine.js';
import { around, engineProvider } from './engine.js';
import { TEST_APPLICATION } from './platform-settings.js';

/** Notes every connection that it cuts, so that a run can tell that it was a fault at all. */
const CUT_ALL_OTHERS = `
  INSERT INTO chaos_cut SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> '${TEST_APPLICATION}'`;

/** A cut can cost a lane its lease, which has to run out before the next one shows anything. */
const BETWEEN_CUTS_MS = 2_000;

/**
 * Cuts every connection of every platform process between a receiver's 2xx and its record, so many times: once just before
 * the record is written, the next time while it is.
 */
export const cutsBeforeRecord: Tampering = (app, most) => {
  const recorder: Methods = engineProvider(app, 'LaneRecorder');
  const database = app.get(DataSource);
  const cut = () => database.query(CUT_ALL_OTHERS).catch(() => undefined);
  let cuts = 0;
  let lastAt = performance.now();
  around(recorder, 'write', async (write, ...input) => {
    const isDue = cuts < Number(most) && performance.now() - lastAt >= BETWEEN_CUTS_MS;
    if (!isDue || !hasSuccess(input[0])) return write(...input);
    lastAt = performance.now();
    cuts += 1;
    if (cuts % 2 === 1) await cut();
    else void cut();
    return write(...input);
  });
};

function hasSuccess(rows: unknown): boolean {
  return (rows as { status: string }[]).some(({ status }) => status === 'succeeded');
}
