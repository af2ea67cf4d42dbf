import type { Scenario } from '../scenario.js';
import { database } from './database.js';
import { fairness } from './fairness.js';
import { redis } from './redis.js';
import { soak } from './soak.js';
import { fuzz } from './fuzz.js';
import { hostilePartners } from './hostile-partners.js';
import { hostileReceivers } from './hostile-receivers.js';
import { kill } from './kill.js';
import { workers } from './workers.js';

/** The longest first. */
export const SCENARIOS: readonly Scenario[] = [
  fairness,
  soak,
  kill,
  hostileReceivers,
  database,
  fuzz,
  redis,
  workers,
  hostilePartners,
];
