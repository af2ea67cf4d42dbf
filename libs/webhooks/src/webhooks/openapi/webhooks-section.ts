import type { Dialect } from '../../catalog/dialects/dialect.js';
import type { EventCatalog, EventTypeEntry } from '../../catalog/event-catalog.js';
import type { ProfileCatalog } from '../../rendering/profile-catalog.js';
import type { Profile } from '../../rendering/profile.js';
import { bodySchema } from '../../rendering/schemas/body-schemas.js';
import type { JsonSchema } from '../../rendering/schemas/json-schema.js';
import type { Language } from './example-body.js';
import { exampleBody } from './example-body.js';
import { headerReferences, RECEIVER_RESPONSES } from './request-headers.js';

/** The profiles that a dialect's receivers expect. Of the canonical types they are all the profiles there are. */
const PROFILES: Record<Exclude<Dialect, 'standard'>, string[]> = {
  octo: ['octo'],
  'octo-notification': ['octo-notification'],
  checkfront: ['checkfront', 'checkfront-3'],
  capdata: ['capdata'],
  'delay-care': ['delay-care'],
};

export interface WebhooksSection {
  webhooks: Record<string, object>;
  /** What the section refers to below `components.schemas`. */
  schemas: Record<string, JsonSchema>;
}

/** An entry for each event type of every dialect, with the bodies that it comes in. */
export function webhooksSection(
  events: EventCatalog,
  profiles: ProfileCatalog,
  language: Language,
): WebhooksSection {
  const schemas: Record<string, JsonSchema> = {};
  const webhooks: Record<string, object> = {};
  for (const entry of events.list()) {
    const bodies = profilesOf(entry.dialect, profiles).flatMap((profile) =>
      events.typesOf(entry.name).map((type) => ({ profile, type, ...bodySchema(profile, type) })),
    );
    for (const { name, schema } of bodies) schemas[name] = schema;
    const names = [...new Set(bodies.map(({ name }) => name))];
    const examples = bodies.flatMap(({ profile, type }) => {
      const value = exampleBody(profile, type, language);
      return value === undefined ? [] : [[`${profile.name}.${type}`, { value }] as const];
    });
    webhooks[entry.name] = { post: operation(entry, names, Object.fromEntries(examples)) };
  }
  return { webhooks, schemas };
}

function profilesOf(dialect: Dialect, profiles: ProfileCatalog): Profile[] {
  const names = dialect === 'standard' ? profiles.names : PROFILES[dialect];
  return names.map((name) => profiles.get(name));
}

function operation({ name, dialect, label, description }: EventTypeEntry, names: string[], examples: object) {
  const schemas = names.map((schema) => ({ $ref: `#/components/schemas/${schema}` }));
  const schema = schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  return {
    operationId: `${dialect}_${name}`.replace(/\W+/g, '_'),
    tags: [dialect],
    summary: label,
    description: `${description} The profile that the webhook chose decides the body; in XML or as a form it says the same.`,
    parameters: headerReferences(),
    requestBody: { required: true, content: { 'application/json': { schema, examples } } },
    responses: RECEIVER_RESPONSES,
  };
}
