// npm run test:portal [-- --screenshots | -- jest's arguments]
import { inOneLine } from './run-jest.mjs';
import { main } from './setup.mjs';

const args = process.argv.slice(2);

await main(async () => {
  const { ensureChromium } = await import('./services/chromium.mjs');
  await ensureChromium();
  const { testPortal } = await import('./portal-specs.mjs');
  const isShots = args.includes('--screenshots');
  const run = await testPortal(
    args.filter((arg) => arg !== '--screenshots'),
    { PORTAL_SCREENSHOTS: isShots ? 'docs/portal' : '' },
  );
  const counts = inOneLine([run]);
  if (counts) console.log(counts);
  return run.code;
});
