// npm run build: the library first, since the demo compiles against what it emits.
import { rm } from 'node:fs/promises';
import { runChild } from './run-child.mjs';
import { main, root } from './setup.mjs';

await main(async () => {
  for (const project of ['libs/webhooks', 'apps/demo']) {
    await rm(`${root}${project}/dist`, { recursive: true, force: true });
    const code = await runChild(['node_modules/typescript/bin/tsc', '-p', `${project}/tsconfig.build.json`], {
      cwd: root,
    });
    if (code !== 0) return code;
  }
  return 0;
});
