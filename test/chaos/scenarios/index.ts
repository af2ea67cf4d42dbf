import type { Scenario } from '../scenario.js';
import { database } from './database.js';
import { fairness } from './fairness.js';
import { kill } from './kill.js';
import { workers } from './workers.js';

export const SCENARIOS: readonly Scenario[] = [database, fairness, kill, workers];
