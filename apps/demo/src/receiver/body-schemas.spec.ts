import { BodySchemas } from './body-schemas.js';

const schemas = new BodySchemas();
schemas.learn({
  Webhook: { type: 'object' },
  'capdata.new': { type: 'object', required: ['event_type'], properties: { event_type: { type: 'string' } } },
  'capdata.other': { type: 'object', required: ['data'] },
  'standard.any': {
    type: 'object',
    required: ['timestamp'],
    properties: { timestamp: { format: 'date-time' } },
  },
});

it('a body is held to the schemas of its own profile', () => {
  expect(() => schemas.check('capdata', { event_type: 'new' })).not.toThrow();
  expect(() => schemas.check('capdata', { data: {} })).not.toThrow();
  expect(() => schemas.check('capdata', { event_type: 1 })).toThrow(/breaks its schema/);
  expect(() => schemas.check('standard', { timestamp: 'yesterday' })).toThrow(/date-time/);
});

it('a profile without a schema is not taken on trust', () => {
  expect(() => schemas.check('octo', {})).toThrow(/No schema of the profile octo/);
});
