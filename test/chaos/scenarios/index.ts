import type { Scenario } from '../scenario.js';
import { database } from './database.js';

export const SCENARIOS: readonly Scenario[] = [database];
