import { parseSecretKey, SecretBox } from '../../signing/secret-box.js';
import type { Answer } from '../answer.js';
import { EXIT, usageError } from '../answer.js';
import { withDatabase } from '../database.js';
import { progressOf } from '../progress.js';
import { readSecrets } from '../secrets.js';
import { count } from '../words.js';
import type { ResealSettings } from './reseal-command.js';
import type { Resealed } from './reseal.js';
import { reseal, rowsToLookAt } from './reseal.js';

export async function resealStored(settings: ResealSettings): Promise<Answer> {
  const box = new SecretBox(await readKeys(settings.secretKeysFile));
  const dryRun = settings.dryRun === true;
  const result = await withDatabase(settings, async (dataSource) => {
    const progress = progressOf('resealing', await rowsToLookAt(dataSource), settings);
    try {
      return await reseal(dataSource, box, { dryRun, lookedAt: (rows) => progress.update(rows) });
    } finally {
      progress.stop();
    }
  });
  return outcome(result, dryRun);
}

async function readKeys(file: string | undefined): Promise<string[]> {
  const source = { what: 'secret keys', variable: 'WEBHOOKS_SECRET_KEYS', option: '--secret-keys-file' };
  const keys = await readSecrets({ ...source, file, between: /[\s,]+/ });
  const bad = keys.findIndex((key) => !parseSecretKey(key));
  if (bad < 0) return keys;
  throw usageError(
    `The secret key number ${bad + 1} is not 32 bytes in base64 or hex. Pass what your option secretKeys has, in its order.`,
  );
}

function outcome(result: Resealed, dryRun: boolean): Answer {
  const { resealed, current, changed, unreadable, unreadableIn } = result;
  const text = [
    `${count(resealed, 'text')} ${dryRun ? 'would be sealed' : 'sealed'} anew, ${count(current, 'text')} sealed by the first key already.`,
    ...(changed > 0 ? [`${count(changed, 'text')} changed meanwhile: run this again.`] : []),
    ...(unreadable > 0
      ? [
          `${count(unreadable, 'text')} that no key opens, in ${unreadableIn.join(', ')}. Add the key that sealed them, or have ` +
            'their owners set the values anew (a rotation makes a new secret).',
        ]
      : []),
    ...(dryRun || changed > 0 || unreadable > 0
      ? []
      : ['The other keys can go when every process runs with the first one in front.']),
  ].join('\n');
  return { text, json: { dryRun, ...result }, exitCode: changed > 0 || unreadable > 0 ? EXIT.no : EXIT.ok };
}
