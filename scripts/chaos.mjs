// npm run chaos [-- --quick] [-- --only=<scenario>]
import { rm } from 'node:fs/promises';
import { runChild } from './run-child.mjs';
import { main, root } from './setup.mjs';

const FOLLOW_PARENT = new URL('follow-parent.mjs', import.meta.url).href;

await main(async () => {
  const built = await runChild(['scripts/build.mjs'], { cwd: root });
  if (built !== 0) return built;
  await rm(`${root}test/chaos/dist`, { recursive: true, force: true });
  const compiled = await runChild(
    ['node_modules/typescript/bin/tsc', '-p', 'test/chaos/tsconfig.build.json'],
    {
      cwd: root,
    },
  );
  if (compiled !== 0) return compiled;
  return runChild(['--import', FOLLOW_PARENT, 'test/chaos/dist/main.js', ...process.argv.slice(2)], {
    cwd: root,
  });
});
