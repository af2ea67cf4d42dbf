import type { Profile } from './profile.js';
import { CapdataProfile } from './profiles/capdata.profile.js';
import { Checkfront3Profile } from './profiles/checkfront-3.profile.js';
import { CheckfrontProfile } from './profiles/checkfront.profile.js';
import { DelayCareProfile } from './profiles/delay-care.profile.js';
import { OctoNotificationProfile } from './profiles/octo-notification.profile.js';
import { OctoProfile } from './profiles/octo.profile.js';
import { StandardProfile } from './profiles/standard.profile.js';

/** The profiles that webhooks can name: the module's own and the host's, whose names win. */
export class ProfileCatalog {
  private readonly profiles: ReadonlyMap<string, Profile>;

  constructor(ofHost: readonly Profile[] = []) {
    const own: Profile[] = [
      new StandardProfile(),
      new OctoProfile(),
      new OctoNotificationProfile(),
      new CheckfrontProfile(),
      new Checkfront3Profile(),
      new CapdataProfile(),
      new DelayCareProfile(),
    ];
    this.profiles = new Map([...own, ...ofHost].map((profile) => [profile.name, profile]));
  }

  get names(): string[] {
    return [...this.profiles.keys()];
  }

  find(name: string): Profile | undefined {
    return this.profiles.get(name);
  }

  /** @throws Error when no such profile is left, which a host's release without it can bring about */
  get(name: string): Profile {
    const profile = this.profiles.get(name);
    if (!profile) throw new Error(`There is no profile '${name}'. Known are ${this.names.join(', ')}.`);
    return profile;
  }
}
