import { join } from 'node:path';
import { compile, compileHost } from './compiling.mjs';
import { EXAMPLES } from './examples.mjs';
import { install } from './packages.mjs';

/** Installations and compiled hosts, each made once, when the first row asks for it. */
export function preparedIn(folder, tarball) {
  const made = new Map();
  const once = (key, make) => {
    if (!made.has(key)) made.set(key, make());
    return made.get(key);
  };
  const installed = (nest, { watched = false } = {}) => {
    const name = `nest${nest}${watched ? '-watched' : ''}`;
    return once(name, async () => {
      await install(nest, tarball, join(folder, name), { watched });
      return join(folder, name);
    });
  };
  const compiled = ({ nest, format, watched = false }) =>
    once(`${nest} ${format} ${watched}`, async () =>
      compileHost(await installed(nest, { watched }), { nest, format, watched }),
    );
  const examples = () =>
    once('examples', async () => {
      const around = await installed(12);
      return compile(EXAMPLES, join(around, 'examples'), { nest: 12, format: 'esm' });
    });
  return { installed, compiled, examples };
}
