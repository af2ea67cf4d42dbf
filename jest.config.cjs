// Nest 12 is ESM only and jest on Node 20 cannot require it: swc turns it, and our sources, into CommonJS.
const swc = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      parser,
      target: 'es2022',
      keepClassNames: true,
      transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
    },
    module: { type: 'commonjs' },
  },
];

module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/libs/**/*.spec.ts', '<rootDir>/apps/**/*.spec.ts', '<rootDir>/test/**/*.spec.ts'],
  // The portal's and the hosts' have configurations of their own: they need what is built, a browser, or an installation.
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/test/portal/', '<rootDir>/test/hosts/'],
  modulePathIgnorePatterns: ['/dist/'],
  transform: {
    '^.+\\.ts$': swc({ syntax: 'typescript', decorators: true }),
    '^.+\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|uuid|@formatjs|intl-messageformat)/)'],
  moduleNameMapper: {
    '^nestjs-booking-webhooks$': '<rootDir>/libs/webhooks/src/index.ts',
    '^nestjs-booking-webhooks/testing$': '<rootDir>/libs/webhooks/src/testing/index.ts',
    '^nestjs-booking-webhooks/receiver$': '<rootDir>/libs/webhooks/src/receiving/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  reporters: ['default', '<rootDir>/test/setup/count-reporter.cjs'],
  globalSetup: '<rootDir>/test/setup/global-setup.cjs',
  globalTeardown: '<rootDir>/test/setup/global-teardown.cjs',
  testTimeout: 60_000,
  maxWorkers: 2,
};
