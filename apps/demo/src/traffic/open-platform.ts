import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';

import { Contract } from '../platform/contract.entity.js';
import { Flight } from '../platform/flight.entity.js';
import { Product } from '../platform/product.entity.js';
import { tokenHash } from '../settings.js';
import { PARTNERS } from './partners.js';
import type { PartnerPlan } from './partners.js';
import type { Scenery } from './scenery.js';

/** A partner with its account and its API token. */
export interface Partner extends PartnerPlan {
  contractId: string;
  token: string;
}

/** PostgreSQL takes 65,535 parameters a statement. */
const ROWS_PER_STATEMENT = 1_000;

/** Puts partners, flights and tours into the database. */
export async function openPlatform(
  dataSource: DataSource,
  scenery: Scenery,
  run: string,
): Promise<Partner[]> {
  const partners = PARTNERS.map((plan, index) => ({
    ...plan,
    contractId: `C-${run}-${index + 1}`,
    token: `partner-${randomBytes(12).toString('hex')}`,
  }));
  const contracts = partners.map(({ contractId, name, token }) => ({
    id: contractId,
    name,
    tokenHash: tokenHash(token),
  }));
  await dataSource.transaction(async (manager) => {
    await manager.insert(Contract, contracts);
    await manager.insert(Product, scenery.tours);
    for (let start = 0; start < scenery.flights.length; start += ROWS_PER_STATEMENT) {
      await manager.insert(Flight, scenery.flights.slice(start, start + ROWS_PER_STATEMENT));
    }
  });
  return partners;
}
