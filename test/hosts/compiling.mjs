import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeJson } from './packages.mjs';

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const TEMPLATE = fileURLToPath(new URL('template', import.meta.url));
const TYPES = fileURLToPath(new URL('types', import.meta.url));
const PACKAGE = 'nestjs-booking-webhooks';

const COMPILER_OPTIONS = {
  target: 'ES2023',
  strict: true,
  noUncheckedIndexedAccess: true,
  // As Nest's own template has them, whose classes say what they need by their types alone.
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  esModuleInterop: true,
  skipLibCheck: true,
  types: ['node'],
  outDir: 'dist',
};

/** Nest 11's template was CommonJS, resolved as Node 10 did; what came later is nodenext. */
function moduleOptions({ nest, format }) {
  const isOld = nest === 11 && format === 'cjs';
  return isOld
    ? { module: 'commonjs', moduleResolution: 'node10' }
    : { module: 'nodenext', moduleResolution: 'nodenext' };
}

/** The host's sources, compiled as an ES module or as CommonJS. Answers the folder with its JavaScript. */
export function compileHost(installed, { nest, format, isWatched = false }) {
  const include = isWatched ? ['*.ts', 'operations/*.ts'] : ['*.ts'];
  return compile(TEMPLATE, join(installed, format), { nest, format, include });
}

/** Sources that import only what is installed around `folder`, compiled there. */
export async function compile(sources, folder, { nest, format, include = ['*.ts'] }) {
  await place(sources, folder, { format, include, options: moduleOptions({ nest, format }) });
  const { errors } = await tsc(folder);
  if (errors.length > 0) throw new Error(`${folder} does not compile:\n${errors.join('\n')}`);
  return folder;
}

/** Compiles what uses all of the library with every declaration checked; answers what is wrong with those of others. */
export async function checkTypes(installed, { nest, format }) {
  const folder = join(installed, `types-${format}`);
  const options = { ...moduleOptions({ nest, format }), ...STRICTEST };
  await place(TYPES, folder, { format, include: ['*.ts'], options });
  const { errors } = await tsc(folder);
  const others = errors.filter((error) => /node_modules\//.test(error) && !error.includes(`/${PACKAGE}/`));
  const ours = errors.filter((error) => !others.includes(error));
  if (ours.length > 0) throw new Error(`Our types do not compile:\n${ours.join('\n')}`);
  return others.length === 0 ? '' : `not clean, beside ours: ${packagesIn(others).join(', ')}`;
}

const STRICTEST = { skipLibCheck: false, exactOptionalPropertyTypes: true, noEmit: true };

async function place(sources, folder, { format, include, options }) {
  await cp(sources, folder, { recursive: true });
  await writeJson(join(folder, 'package.json'), {
    private: true,
    type: format === 'esm' ? 'module' : 'commonjs',
  });
  await writeJson(join(folder, 'tsconfig.json'), {
    compilerOptions: { ...COMPILER_OPTIONS, ...options },
    include,
  });
}

/** An error and the lines that explain it are one text. */
async function tsc(folder) {
  const args = [TSC, '-p', folder, '--pretty', 'false'];
  const options = { cwd: folder, maxBuffer: 1 << 26 };
  const { stdout, code } = await promisify(execFile)(process.execPath, args, options).catch((error) => error);
  const errors = stdout.split(/\n(?=\S)/).filter((text) => /error TS\d+/.test(text));
  if (code && errors.length === 0) throw new Error(`tsc ended with ${code} in ${folder}:\n${stdout}`);
  return { errors };
}

function packagesIn(errors) {
  const names = errors.map((error) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(error.split('(')[0])?.[1]);
  return [...new Set(names)].sort();
}
