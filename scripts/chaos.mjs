// npm run chaos [-- --quick] [-- --only=<scenario>]
import { cp } from 'node:fs/promises';
import { buildLibrary, buildPage, buildProgram, inOrder } from './build-steps.mjs';
import { runChild } from './run-child.mjs';
import { main, root } from './setup.mjs';

const FOLLOW_PARENT = new URL('follow-parent.mjs', import.meta.url).href;

await main(async () => {
  const built = await inOrder(buildLibrary, buildPage, () => buildProgram('test/chaos'));
  if (built !== 0) return built;
  await bundle('test/chaos/dist/platform/platform.main.js');
  return runChild(['--import', FOLLOW_PARENT, 'test/chaos/dist/main.js', ...process.argv.slice(2)], {
    cwd: root,
  });
});

/** Into one file: a platform process is started a hundred times, and half of its start was finding modules. */
async function bundle(entry) {
  const { build } = await import('esbuild');
  const path = `${root}${entry}`;
  await build({
    entryPoints: [path],
    outfile: path,
    allowOverwrite: true,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Scenarios find the engine's providers by the names of their classes.
    keepNames: true,
    // Parts of Nest that it loads when a host has them.
    external: ['@nestjs/microservices', '@nestjs/microservices/*', '@nestjs/websockets/*'],
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'error',
  });
  // The library finds its page from where its own code is.
  await cp(`${root}libs/webhooks/dist/portal/page`, `${root}test/chaos/dist/portal/page`, {
    recursive: true,
  });
}
