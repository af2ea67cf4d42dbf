import type { Results } from '../results.js';
import type { Table } from './tables.js';
import { whole } from './tables.js';

const PER_SECOND = 1_000_000 / 60;
const SECONDS_PER_DAY = 86_400;
/** A core that is always busy answers nobody in time. */
const BUSY = 0.6;

/** What a million deliveries a minute need, from what one delivery took. */
export function scalingTable({ samples: { profile } }: Pick<Results, 'samples'>): Table[] {
  if (!profile) return [];
  const { expense, deliveries, statements, commands } = profile;
  const sum = (all: { calls: number }[]) => all.reduce((total, { calls }) => total + calls, 0) / deliveries;
  const cpu = (name: keyof typeof expense.cpuMs) =>
    ((expense.cpuMs[name] ?? NaN) * 1000) / expense.deliveries;
  const cores = (name: keyof typeof expense.cpuMs) => [
    `${cpu(name).toFixed(0)} µs of CPU`,
    `${((cpu(name) * PER_SECOND) / 1e6).toFixed(1)} cores, ${Math.ceil((cpu(name) * PER_SECOND) / 1e6 / BUSY)} at ${BUSY * 100} %`,
  ];
  const wal = expense.walBytes / expense.deliveries;
  const stored = expense.storedBytes / expense.deliveries;
  return [
    {
      name: 'million',
      title: 'a million deliveries a minute',
      rows: [
        ['', 'one delivery', `${whole(PER_SECOND)} a second`],
        ['workers', ...cores('worker')],
        ['publishing processes', ...cores('publisher')],
        ['PostgreSQL', ...cores('PostgreSQL')],
        ['Redis', ...cores('Redis')],
        ['SQL statements of workers', sum(statements).toFixed(3), `${whole(sum(statements) * PER_SECOND)}/s`],
        ['Redis commands', sum(commands).toFixed(2), `${whole(sum(commands) * PER_SECOND)}/s`],
        ['write-ahead log', `${whole(wal)} bytes`, `${((wal * PER_SECOND) / 1024 ** 2).toFixed(0)} MB/s`],
        [
          'stored',
          `${whole(stored)} bytes`,
          `${((stored * PER_SECOND * SECONDS_PER_DAY) / 1024 ** 4).toFixed(1)} TB a day`,
        ],
      ],
    },
  ];
}
