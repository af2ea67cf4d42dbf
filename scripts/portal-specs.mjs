import { buildPage } from './build-steps.mjs';
import { runJest } from './run-jest.mjs';

/** Builds the portal's page and drives it in a browser. */
export async function testPortal(args, env) {
  const code = await buildPage();
  if (code !== 0) return { code, counts: undefined };
  return runJest(['--config', 'test/portal/jest.config.cjs', ...args], env);
}
