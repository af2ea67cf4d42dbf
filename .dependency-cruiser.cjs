const PURE = ['catalog', 'rendering', 'signing', 'retrying'];
const ROOMS = [
  'database',
  'lifecycle',
  'observing',
  'outbox',
  'publishing',
  'sending',
  'lanes',
  'fanout',
  'webhooks',
  'export',
  'deliveries',
  'feed',
  'octo',
  'portal',
  'operations',
  'cli',
];
const SRC = 'libs/webhooks/src';

const roomsAfter = ROOMS.slice(0, -1).map((room, index) => ({
  name: `${room}-imports-only-rooms-before-it`,
  comment: 'See docs/decisions/0001-rooms.md. Entities are shared words and may be imported from anywhere.',
  severity: 'error',
  from: { path: `^${SRC}/${room}/`, pathNot: '\\.spec\\.ts$' },
  to: {
    path: `^${SRC}/(${ROOMS.slice(index + 1).join('|')}|migrations|testing|receiving)/`,
    pathNot: '\\.entity\\.ts$',
  },
}));

module.exports = {
  forbidden: [
    ...roomsAfter,
    {
      name: 'pure-rooms-stay-pure',
      comment: 'Rules are functions of their arguments: no framework, no database, no queue, no HTTP client.',
      severity: 'error',
      from: { path: `^${SRC}/(${PURE.join('|')})/`, pathNot: '\\.spec\\.ts$' },
      to: { path: '(^|/)node_modules/(@nestjs|typeorm|bull|axios|undici|rxjs|class-validator)(/|$)' },
    },
    {
      name: 'pure-rooms-import-pure-rooms',
      severity: 'error',
      from: { path: `^${SRC}/(${PURE.join('|')})/` },
      to: { path: `^${SRC}/(${ROOMS.join('|')}|migrations|testing|receiving)/`, pathNot: '\\.entity\\.ts$' },
    },
    {
      name: 'receiving-imports-pure-rooms',
      comment: "It runs in a partner's application, which has nothing of the sender's.",
      severity: 'error',
      from: { path: `^${SRC}/receiving/` },
      to: {
        path: `^${SRC}/`,
        pathNot: `^${SRC}/((receiving|${PURE.join('|')})/|column-transformers\\.ts$)`,
      },
    },
    {
      name: 'nobody-imports-the-module',
      comment: 'The module composes the rooms; a room that needs it is in the wrong place.',
      severity: 'error',
      from: { path: `^${SRC}/`, pathNot: `^${SRC}/(index|testing/|cli/replay/)` },
      to: { path: `^${SRC}/(webhooks\\.module|index)\\.ts$` },
    },
    {
      name: 'outsiders-use-the-door',
      comment: 'The demo and the end-to-end specs import what a host can import, nothing else.',
      severity: 'error',
      from: { path: '^(apps|test)/' },
      to: { path: `^${SRC}/`, pathNot: `^${SRC}/(index|testing/index|receiving/index)\\.ts$` },
    },
    {
      name: 'the-library-stands-alone',
      comment: 'What is published runs in a host, which has none of these folders.',
      severity: 'error',
      from: { path: `^${SRC}/`, pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|test|scripts)/' },
    },
    {
      name: 'the-library-declares-what-it-imports',
      comment: 'A package that only the workspace has would be missing in a host.',
      severity: 'error',
      from: { path: `^${SRC}/`, pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
