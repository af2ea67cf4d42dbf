// What the entry scripts build, each step by one name.
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { runChild } from './run-child.mjs';
import { root } from './setup.mjs';

const LIBRARY = `${root}libs/webhooks/dist`;
const COMMONJS = `${LIBRARY}/cjs`;
/** Below it the library finds its page; compiling the library leaves it there. */
const PAGE = 'portal/page';
/** The operators' command: a process of its own, which nobody requires. */
const COMMAND = 'cli';

/** Runs steps one after the other, and ends the script with the exit code of the first that fails. */
export async function inOrder(...steps) {
  for (const step of steps) {
    const code = await step();
    if (code !== 0) return code;
  }
  return 0;
}

/** `libs/webhooks/dist`: ES modules with their types, and the same as CommonJS below `cjs`. */
export async function buildLibrary() {
  await emptied(LIBRARY, PAGE);
  const code = await tsc('libs/webhooks');
  if (code === 0) {
    await writeCommonJs();
    // npm does so where it installs the package; in the workspace it did, before the file was emitted anew.
    await chmod(`${LIBRARY}/${COMMAND}/main.js`, 0o755);
  }
  return code;
}

/** The portal's page, into the library. */
export function buildPage() {
  return node('node_modules/vite/bin/vite.js', 'build', 'libs/webhooks/portal', '--logLevel', 'warn');
}

/** `apps/demo`, `test/chaos` or `test/bench`, against the library as it is built. */
export async function buildProgram(project) {
  await rm(`${root}${project}/dist`, { recursive: true, force: true });
  return tsc(project);
}

function tsc(project) {
  return node('node_modules/typescript/bin/tsc', '-p', `${project}/tsconfig.build.json`);
}

function node(...args) {
  return runChild(args, { cwd: root });
}

/** Removes everything below `folder` but what is below `kept`. */
async function emptied(folder, kept) {
  const [keptName, ...below] = kept.split('/');
  const names = await readdir(folder).catch(() => []);
  await Promise.all(
    names.map((name) => {
      const path = join(folder, name);
      if (name !== keptName) return rm(path, { recursive: true, force: true });
      return below.length > 0 ? emptied(path, below.join('/')) : undefined;
    }),
  );
}

/** Each ES module once more as CommonJS, file by file, and its types with it: what they are is the folder's to say. */
async function writeCommonJs() {
  const { transform } = await import('esbuild');
  const files = await readdir(LIBRARY, { recursive: true });
  await mkdir(COMMONJS, { recursive: true });
  await writeFile(`${COMMONJS}/package.json`, `${JSON.stringify({ type: 'commonjs' })}\n`);
  const written = files
    .filter(
      (file) =>
        /\.(js|d\.ts)$/.test(file) && ![PAGE, COMMAND].some((folder) => file.startsWith(`${folder}/`)),
    )
    .map(async (file) => {
      const [from, to] = [join(LIBRARY, file), join(COMMONJS, file)];
      await mkdir(dirname(to), { recursive: true });
      if (file.endsWith('.d.ts')) return cp(from, to);
      const code = await readFile(from, 'utf8');
      const { code: commonJs } = await transform(code, {
        format: 'cjs',
        platform: 'node',
        target: 'node20',
        // As Node sees it: the default import of a CommonJS package is all of its exports.
        sourcefile: file.replace(/\.js$/, '.mjs'),
        define: { 'import.meta.url': 'esModuleUrl' },
        banner: `'use strict';${code.includes('import.meta.url') ? esModuleUrl(from, to) : ''}`,
        legalComments: 'inline',
      });
      return writeFile(to, commonJs);
    });
  await Promise.all(written);
}

/** A module that looks for a file beside itself finds the one beside its ES module: there is one page for both. */
function esModuleUrl(esModule, commonJs) {
  const path = JSON.stringify(relative(dirname(commonJs), esModule).replaceAll('\\', '/'));
  return `const esModuleUrl = require('node:url').pathToFileURL(require('node:path').join(__dirname, ${path})).href;`;
}
