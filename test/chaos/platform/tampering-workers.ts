import { DataSource } from 'typeorm';

import type { Methods, Tampering } from './engine.js';
import { around } from './engine.js';

/** Which parts of a statement keep workers apart, and what they become. */
const FENCES: { statement: string; parts: [string, string][] }[] = [
  {
    statement: 'INSERT INTO webhook_lane',
    parts: [
      ['lease_until = EXCLUDED.lease_until', 'lease_until = NULL'],
      [
        'WHERE webhook_lane.lease_until IS NULL OR webhook_lane.lease_until <= $3',
        'WHERE $3::bigint IS NOT NULL',
      ],
    ],
  },
  {
    statement: 'INSERT INTO webhook_attempt',
    parts: [
      ['AND lane.lease_token = result.token', ''],
      ['AND delivery.attempt_count = result.number - 1', ''],
    ],
  },
];

/** Every claim is granted, and every result recorded, whoever has the lane now. */
export const fenceOff: Tampering = (app) => {
  const dataSource: unknown = app.get(DataSource);
  around(dataSource as Methods, 'query', (original, ...input) => {
    const [text, ...rest] = input as [string];
    return original(without(text), ...rest);
  });
};

function without(text: string): string {
  let changed = text;
  for (const { statement, parts } of FENCES) {
    if (!text.includes(statement)) continue;
    for (const [part, instead] of parts) {
      if (!changed.includes(part)) throw new Error(`The statement has no "${part}" any more: ${text}`);
      changed = changed.replace(part, instead);
    }
  }
  return changed;
}
