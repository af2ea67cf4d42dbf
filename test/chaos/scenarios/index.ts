import type { Scenario } from '../scenario.js';
import { database } from './database.js';
import { fairness } from './fairness.js';

export const SCENARIOS: readonly Scenario[] = [database, fairness];
