// npm run test:hosts [-- --only=<part of a row's name>]
import { buildLibrary, buildPage, inOrder } from './build-steps.mjs';
import { main } from './setup.mjs';

const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);

await main(async () => {
  const built = await inOrder(buildLibrary, buildPage);
  if (built !== 0) return built;
  const { testHosts } = await import('../test/hosts/main.mjs');
  return testHosts(only);
});
