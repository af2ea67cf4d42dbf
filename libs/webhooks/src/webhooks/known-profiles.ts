import { Inject, Injectable } from '@nestjs/common';
import { distance } from 'fastest-levenshtein';

import { ProfileCatalog } from '../rendering/profile-catalog.js';
import { InvalidInputError } from '../webhooks.errors.js';

/** Refuses a profile that is not there, and a format that a profile does not come in. */
@Injectable()
export class KnownProfiles {
  constructor(@Inject(ProfileCatalog) private readonly profiles: ProfileCatalog) {}

  /** @throws InvalidInputError naming the nearest profile, or the formats there are */
  require(name: string, format: string): void {
    const profile = this.profiles.find(name);
    if (!profile) {
      const names = [...this.profiles.names].sort((a, b) => distance(name, a) - distance(name, b));
      const expected = `send one of ${names.map((known) => `'${known}'`).join(', ')}`;
      throw new InvalidInputError([{ field: 'profile', reason: `there is no profile '${name}'`, expected }]);
    }
    if (profile.formats.some((known) => known === format)) return;
    const expected = `send one of ${profile.formats.map((known) => `'${known}'`).join(', ')}`;
    const reason = `the profile '${name}' does not come as '${format}'`;
    throw new InvalidInputError([{ field: 'format', reason, expected }]);
  }
}
