import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './host-process.mjs';

export const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const HEAD = /Prints:\n((?:\/\/ {3}.*\n)+)/;

/** The programs' names, in the order of the alphabet; what they share is none. */
export async function exampleNames() {
  const names = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.ts') && name !== 'platform.ts');
  return names.map((name) => name.replace(/\.ts$/, '')).sort();
}

/** Runs a compiled example on an empty database; it has to print what its head says, and to end by itself. */
export async function playExample(folder, name, { url }) {
  const [, said = ''] = HEAD.exec(await readFile(join(EXAMPLES, `${name}.ts`), 'utf8')) ?? [];
  assert.notEqual(said, '', `${name} says at its head what it prints`);
  const { stdout, stderr } = await runProgram(folder, [`dist/${name}.js`], { DATABASE_URL: url });
  assert.equal(stdout, said.replaceAll(/^\/\/ {3}/gm, ''));
  assert.equal(stderr, '');
}
