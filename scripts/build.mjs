// npm run build: the library first, since the demo compiles against what it emits; then the page that it serves.
import { rm } from 'node:fs/promises';
import { runChild } from './run-child.mjs';
import { main, root } from './setup.mjs';

const tsc = (project) => ['node_modules/typescript/bin/tsc', '-p', `${project}/tsconfig.build.json`];

const STEPS = [
  { clean: 'libs/webhooks/dist', args: tsc('libs/webhooks') },
  { args: ['node_modules/vite/bin/vite.js', 'build', 'libs/webhooks/portal', '--logLevel', 'warn'] },
  { clean: 'apps/demo/dist', args: tsc('apps/demo') },
];

await main(async () => {
  for (const { clean, args } of STEPS) {
    if (clean) await rm(`${root}${clean}`, { recursive: true, force: true });
    const code = await runChild(args, { cwd: root });
    if (code !== 0) return code;
  }
  return 0;
});
