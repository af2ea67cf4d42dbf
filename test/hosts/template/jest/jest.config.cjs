// As docs/getting-started.md has it.
const swc = (parser) => [
  // A host has it installed; here it is the workspace's.
  process.env.SWC_JEST ?? '@swc/jest',
  {
    swcrc: false,
    jsc: { parser, transform: { legacyDecorator: true, decoratorMetadata: true }, target: 'es2022' },
    module: { type: 'commonjs' },
  },
];

module.exports = {
  rootDir: '..',
  testMatch: ['<rootDir>/jest/*.spec.ts'],
  transform: {
    '^.+\\.ts$': swc({ syntax: 'typescript', decorators: true }),
    '^.+\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: ['/node_modules/(?!(.*/)?(@nestjs|uuid|@formatjs|intl-messageformat)/)'],
  // TypeScript's sources name what they are compiled to.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};
