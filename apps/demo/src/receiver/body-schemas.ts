import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';

/** The JSON Schemas that the platform publishes of its bodies, by the profile that their names begin with. */
export class BodySchemas {
  private readonly ofProfile = new Map<string, ValidateFunction>();

  /** @param schemas `components.schemas` of the platform's OpenAPI document */
  learn(schemas: Record<string, object>): void {
    const ajv = new Ajv2020({ allowUnionTypes: true });
    addFormats.default(ajv);
    // The others are of the platform's own REST resources.
    const names = Object.keys(schemas).filter((name) => name.includes('.'));
    for (const profile of new Set(names.map((name) => name.slice(0, name.indexOf('.'))))) {
      const anyOf = names.filter((name) => name.startsWith(`${profile}.`)).map((name) => schemas[name]);
      this.ofProfile.set(profile, ajv.compile({ anyOf }));
    }
  }

  /** @throws Error when a JSON body is none of those that its profile promises, or nothing has been learnt of it */
  check(profile: string, body: object): void {
    const validate = this.ofProfile.get(profile);
    if (!validate) throw new Error(`No schema of the profile ${profile} is known.`);
    if (validate(body)) return;
    const [fault] = validate.errors ?? [];
    throw new Error(`The body breaks its schema at '${fault?.instancePath}': ${fault?.message}.`);
  }
}
