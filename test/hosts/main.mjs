import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyRow } from './every-row.mjs';
import { exampleNames } from './examples.mjs';
import { pack } from './packages.mjs';
import { preparedIn } from './prepared.mjs';
import { startEveryService } from './services.mjs';

/** A row waits for its servers and its timers most of the time. */
const AT_A_TIME = 2;

/** Plays every row whose text has `only` in it; answers an exit code. */
export async function testHosts(only = '') {
  const folder = await mkdtemp(join(tmpdir(), 'booking-webhooks-hosts-'));
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let services;
  try {
    services = await startEveryService(folder);
    const tarball = await pack(folder);
    const prepared = preparedIn(folder, tarball);
    const examples = await exampleNames();
    const left = [...everyRow({ folder, tarball, prepared, services, examples })].filter(([name]) =>
      name.includes(only),
    );
    const work = async () => {
      for (let row = left.shift(); row; row = left.shift()) counts[await told(...row)] += 1;
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
  } finally {
    await services?.stop();
    await rm(folder, { recursive: true, force: true });
  }
  if (counts.skipped > 0) console.log(`${counts.skipped} rows were SKIPPED; why is said with each.`);
  console.log(`hosts: ${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

async function told(name, run) {
  const startedAt = performance.now();
  try {
    const more = await run();
    if (more?.skipped) {
      console.log(`SKIP           ${name}: ${more.skipped}`);
      return 'skipped';
    }
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`ok    ${seconds.padStart(5)} s  ${name}${more ? `: ${more}` : ''}`);
    return 'passed';
  } catch (error) {
    console.log(`FAIL           ${name}\n${error.message.replaceAll(/^/gm, '      ')}`);
    return 'failed';
  }
}
