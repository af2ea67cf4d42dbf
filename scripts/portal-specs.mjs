import { runChild } from './run-child.mjs';
import { runJest } from './run-jest.mjs';
import { root } from './setup.mjs';

const BUILD_PAGE = ['node_modules/vite/bin/vite.js', 'build', 'libs/webhooks/portal', '--logLevel', 'warn'];

/** Builds the portal's page and drives it in a browser. */
export async function testPortal(args, env) {
  const code = await runChild(BUILD_PAGE, { cwd: root });
  if (code !== 0) return { code, counts: undefined };
  return runJest(['--config', 'test/portal/jest.config.cjs', ...args], env);
}
