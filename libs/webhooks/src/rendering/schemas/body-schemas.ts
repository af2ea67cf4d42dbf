import type { Profile } from '../profile.js';
import { CapdataProfile } from '../profiles/capdata.profile.js';
import { Checkfront3Profile } from '../profiles/checkfront-3.profile.js';
import { CheckfrontProfile } from '../profiles/checkfront.profile.js';
import { DelayCareProfile } from '../profiles/delay-care.profile.js';
import { OctoNotificationProfile } from '../profiles/octo-notification.profile.js';
import { OctoProfile } from '../profiles/octo.profile.js';
import { StandardProfile } from '../profiles/standard.profile.js';
import { capdataSchema } from './capdata.js';
import { checkfront3Schema } from './checkfront-3.js';
import { checkfrontSchema } from './checkfront.js';
import { delayCareSchema } from './delay-care.js';
import type { BodySchema, BodySchemaOf } from './json-schema.js';
import { ANY_OBJECT } from './json-schema.js';
import { octoNotificationSchema } from './octo-notification.js';
import { octoSchema } from './octo.js';
import { standardSchema } from './standard.js';

/** By class and not by name: a profile of the host's may have the name of a shipped one, but not its body. */
const SHIPPED = new Map<unknown, BodySchemaOf>([
  [StandardProfile, standardSchema],
  [OctoProfile, octoSchema],
  [OctoNotificationProfile, octoNotificationSchema],
  [CheckfrontProfile, checkfrontSchema],
  [Checkfront3Profile, checkfront3Schema],
  [CapdataProfile, capdataSchema],
  [DelayCareProfile, delayCareSchema],
]);

/** What a profile's JSON bodies of a type look like; of a profile of the host's only that it is an object. */
export function bodySchema(profile: Profile, type: string): BodySchema {
  const schemaOf = SHIPPED.get(profile.constructor);
  return schemaOf?.(type) ?? { name: profile.name, schema: ANY_OBJECT };
}
