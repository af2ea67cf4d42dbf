import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem, type, release } from 'node:os';

/** The figures of the last line, in its order. */
export interface Figures {
  raw: number;
  plain: number;
  ours: number;
  best: number;
  bestWorkers: number;
  worst: number;
  p50: number;
  p99: number;
  publish: number;
}

/** Prints each line as soon as it is known, and keeps every sample for the file. */
export class Report {
  readonly figures: Partial<Figures> = {};
  private readonly samples: Record<string, unknown> = {};

  line(text: string): void {
    console.log(text);
  }

  keep(name: string, samples: unknown): void {
    this.samples[name] = samples;
  }

  /** @param rows the first one is the heading */
  table(rows: string[][]): void {
    const widths = (rows[0] ?? []).map((_, column) =>
      Math.max(...rows.map((row) => row[column]?.length ?? 0)),
    );
    for (const row of rows) {
      const cells = row.map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      );
      this.line(`  ${cells.join('  ')}`);
    }
  }

  /** Writes everything to a file of its own, and says what the whole bench has found. */
  finish(settings: unknown): void {
    mkdirSync(RESULTS, { recursive: true });
    const at = new Date().toISOString();
    const path = new URL(`${at.replaceAll(/[:.]/g, '-')}.json`, RESULTS);
    const content = { at, machine: machine(), settings, figures: this.figures, samples: this.samples };
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
    this.line(`Every sample is in test/bench/results/${path.pathname.split('/').at(-1)}.`);
    this.line(lastLine(this.figures));
  }
}

const RESULTS = new URL('../results/', import.meta.url);

function lastLine({
  raw,
  plain,
  ours,
  best,
  bestWorkers,
  worst,
  p50,
  p99,
  publish,
}: Partial<Figures>): string {
  const rate = (value?: number) => (value === undefined ? '-' : `${Math.round(value)}/s`);
  const number = (value?: number) => (value === undefined ? '-' : value.toFixed(2));
  const ratio = (over?: number, under?: number) =>
    number(over !== undefined && under !== undefined ? over / under : undefined);
  const ms = (value?: number) => (value === undefined ? '-' : `${value.toFixed(1)}ms`);
  return [
    `bench: raw=${rate(raw)} plain=${rate(plain)} ours=${rate(ours)} best=${rate(best)}(${bestWorkers ?? '-'} workers)`,
    `ours/raw=${ratio(ours, raw)} best/raw=${ratio(best, raw)} ours/plain=${ratio(ours, plain)}`,
    `worst/plain=${number(worst)} p50=${ms(p50)} p99=${ms(p99)} publish=${number(publish)}`,
  ].join(' ');
}

function machine() {
  const [cpu] = cpus();
  const { packages } = JSON.parse(
    readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8'),
  ) as {
    packages: Record<string, { version?: string }>;
  };
  const version = (name: string) => packages[`node_modules/${name}`]?.version;
  const names = ['@nestjs/core', 'typeorm', 'pg', 'bull', 'ioredis', 'axios', 'undici'];
  return {
    cpu: cpu?.model,
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    node: process.version,
    commit: commit(),
    packages: Object.fromEntries(names.map((name) => [name, version(name)])),
  };
}

/** Undefined outside a checkout. */
function commit(): string | undefined {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  } catch {
    return undefined;
  }
}

/** `3,012/s (2,910 to 3,101)` */
export function spread(values: readonly number[], middle: number): string {
  const whole = (value: number) => Math.round(value).toLocaleString('en');
  return `${whole(middle)}/s (${whole(Math.min(...values))} to ${whole(Math.max(...values))})`;
}
