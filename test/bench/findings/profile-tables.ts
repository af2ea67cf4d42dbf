import type { ProfileSamples } from '../measurements/profile.js';
import { byStage } from '../profile/stages.js';
import type { Table } from './tables.js';

const STATEMENTS = 12;
const COMMANDS = 10;
const TEXT_LENGTH = 90;

/** Where a delivery's time goes: processes, stages of the worker, its code, statements, commands. */
export function profileTables(samples: ProfileSamples): Table[] {
  const { expense, deliveries, groups, functions, statements, commands } = samples;
  const us = (ms: number, of = deliveries) => ((ms * 1000) / of).toFixed(1);
  const each = (count: number) => (count / deliveries).toFixed(3);
  return [
    {
      name: 'processes',
      title: 'CPU of each process, µs a delivery',
      rows: [
        ['process', 'µs'],
        ...Object.entries(expense.cpuMs).map(([name, ms]) => [
          name,
          ms === undefined ? '-' : us(ms, expense.deliveries),
        ]),
      ],
    },
    {
      name: 'stages',
      title: 'stages in the worker and in PostgreSQL, µs a delivery',
      rows: [
        ['stage', 'worker', 'PostgreSQL', 'statements/delivery'],
        ...byStage(groups, statements).map(({ stage, workerMs, postgresMs, statements: count }) => [
          stage,
          workerMs === 0 ? '' : us(workerMs),
          count === 0 ? '' : us(postgresMs),
          count === 0 ? '' : each(count),
        ]),
      ],
    },
    {
      name: 'groups',
      title: 'the worker’s code by whose it is, µs a delivery',
      rows: [['whose', 'µs'], ...groups.map(({ name, ms }) => [name, us(ms)])],
    },
    {
      name: 'functions',
      title: 'the worker’s functions without what they call, µs a delivery',
      rows: [['function', 'µs'], ...functions.map(({ name, ms }) => [name, us(ms)])],
    },
    {
      name: 'statements',
      title: 'PostgreSQL’s statements, µs and calls a delivery',
      rows: [
        ['statement', 'µs', 'calls'],
        ...statements
          .slice(0, STATEMENTS)
          .map(({ text, totalMs, calls }) => [text.slice(0, TEXT_LENGTH), us(totalMs), each(calls)]),
      ],
    },
    {
      name: 'commands',
      title: 'Redis’s commands, µs and calls a delivery',
      rows: [
        ['command', 'µs', 'calls'],
        ...commands.slice(0, COMMANDS).map(({ name, totalMs, calls }) => [name, us(totalMs), each(calls)]),
      ],
    },
  ];
}
