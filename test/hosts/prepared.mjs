import { join } from 'node:path';
import { compile, compileHost } from './compiling.mjs';
import { EXAMPLES } from './examples.mjs';
import { install, installWatched } from './packages.mjs';

/** Installations and compiled hosts, each made once, when the first row asks for it. */
export function preparedIn(folder, tarball) {
  const made = new Map();
  const once = (key, make) => {
    if (!made.has(key)) made.set(key, make());
    return made.get(key);
  };
  const installed = (nest) =>
    once(`${nest}`, async () => {
      const path = join(folder, `nest${nest}`);
      await install(nest, tarball, path);
      return path;
    });
  const watched = (nest) =>
    once(`${nest} watched`, async () => {
      const path = join(folder, `nest${nest}-watched`);
      await installWatched(nest, await installed(nest), path);
      return path;
    });
  const compiled = ({ nest, format, isWatched = false }) =>
    once(`${nest} ${format} ${isWatched}`, async () => {
      const around = await (isWatched ? watched(nest) : installed(nest));
      return compileHost(around, { nest, format, isWatched });
    });
  const examples = () =>
    once('examples', async () => {
      const around = await installed(12);
      return compile(EXAMPLES, join(around, 'examples'), { nest: 12, format: 'esm' });
    });
  return { installed, compiled, examples };
}
