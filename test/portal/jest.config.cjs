const base = require('../../jest.config.cjs');

// A run for pictures takes them and nothing else.
const SPECS = process.env.PORTAL_SCREENSHOTS ? 'screenshots' : '!(screenshots)';

// Beside the other specs, which need neither a build nor a browser.
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: [`<rootDir>/test/portal/${SPECS}.spec.ts`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 120_000,
  globalSetup: '<rootDir>/test/portal/setup/global-setup.cjs',
  globalTeardown: '<rootDir>/test/portal/setup/global-teardown.cjs',
};
