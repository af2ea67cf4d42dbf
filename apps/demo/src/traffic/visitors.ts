import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';

import type { Person } from '../platform/sign-in.js';
import type { Partner } from './open-platform.js';

/** Who can sign in: staff of three partners, and the platform's own. */
export function visitors(partners: readonly Partner[]): Person[] {
  const staff = partners.slice(0, 3).map(({ contractId, name }) => ({
    name,
    sees: `the webhooks of contract ${contractId}`,
    scope: contractId,
  }));
  return [...staff, { name: 'Operator', sees: 'the webhooks of every contract', scope: ALL_CONTRACTS }];
}
