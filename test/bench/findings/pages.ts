import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import * as prettier from 'prettier';

import type { Results } from '../results.js';
import { charts } from './charts.js';
import { figures, lastLine } from './figures.js';
import { scalingTable } from './scaling.js';
import type { Table } from './tables.js';
import { tables } from './tables.js';

const DOCS = new URL('../../../../docs/', import.meta.url);
const PAGES = ['performance.md', 'scaling.md'];
const BLOCK = /(<!-- bench:([a-z-]+) -->\n)[^]*?(<!-- \/bench -->)/g;

/** Writes the figures of a run into the pages that speak of them, and draws their charts. */
export async function writePages(results: Results): Promise<void> {
  const blocks = new Map([
    ['last-line', ['```text', lastLine(figures(results.samples)), '```'].join('\n')],
    ['machine', machineOf(results)],
    ...[...tables(results), ...scalingTable(results)].map((table): [string, string] => [
      table.name,
      markdown(table),
    ]),
  ]);
  for (const page of PAGES) {
    const path = new URL(page, DOCS);
    const text = readFileSync(path, 'utf8').replaceAll(
      BLOCK,
      (_all, start: string, name: string, end: string) => {
        const block = blocks.get(name);
        if (block === undefined)
          throw new Error(`${page} asks for '${name}', which this run has not measured.`);
        return `${start}\n${block}\n\n${end}`;
      },
    );
    const config = await prettier.resolveConfig(path);
    writeFileSync(path, await prettier.format(text, { ...config, parser: 'markdown' }));
  }
  const folder = new URL('performance/', DOCS);
  mkdirSync(folder, { recursive: true });
  for (const { name, svg } of charts(results)) writeFileSync(new URL(`${name}.svg`, folder), svg);
}

function machineOf({ at, minutes, machine, settings }: Results): string {
  const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
  const { 'postgres server_version': postgres, 'redis version': redis, ...told } = settings.services;
  const settingsOf = Object.entries(told).map(([name, value]) => `${name.replace('postgres ', '')} ${value}`);
  return [
    `Measured on ${at.slice(0, 10)}, a ${settings.quick ? 'quick' : 'full'} run of ${minutes.toFixed(0)} minutes:`,
    `${machine.cores} cores (${machine.cpu}), ${(machine.memoryBytes / 1024 ** 3).toFixed(0)} GB, ${machine.system.split('-')[0]};`,
    `Node ${machine.node}; PostgreSQL ${postgres} (${settingsOf.join(', ')}); Redis ${redis}; ${packages.join(', ')}.`,
    `The machine’s load before the run was ${machine.load.toFixed(1)}.`,
  ].join('\n');
}

/** The first column is words, the others are figures. */
function markdown({ rows: [head = [], ...rows] }: Table): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}
