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

export const SCENARIOS: readonly Scenario[] = [
  database,
  redis,
  fairness,
  hostileReceivers,
  hostilePartners,
  kill,
  workers,
  soak,
  fuzz,
];
