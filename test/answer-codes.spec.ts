import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ANSWER_CODES } from 'nestjs-booking-webhooks';

const SOURCE = join(__dirname, '../libs/webhooks/src');
const LIST = 'webhooks.errors.ts';
/** A receiver's application is another one, with errors of its own; the command has no HTTP. */
const APART = ['receiving', 'cli', 'testing'];

const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
  .filter((path) => !APART.includes(path.split('/')[0]!))
  .map((path) => ({ path, text: readFileSync(join(SOURCE, path), 'utf8') }));

it('an answer with a code is written by errorAnswer alone, which takes only codes of the list', () => {
  const byHand = sources.filter(({ text }) => /\bstatusCode: (\d|HttpStatus)/.test(text));
  expect(byHand.map(({ path }) => path)).toEqual([]);
  const bare = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/new \w+Exception\((?!errorAnswer\()[^)\n]*/g)].map(([made]) => `${path}: ${made}`),
  );
  // OCTO's routes answer in OCTO's words, made of the message alone.
  expect(bare.filter((made) => !made.startsWith('octo/'))).toEqual([]);
});

it('every code of the list is one that the source answers', () => {
  const texts = sources.map(({ path, text }) => (path === LIST ? text.split('] as const')[1]! : text));
  const unused = ANSWER_CODES.filter((code) => !texts.some((text) => text.includes(`'${code}'`)));
  expect(unused).toEqual([]);
});
