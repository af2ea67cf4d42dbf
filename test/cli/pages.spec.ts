import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { Cli } from '../setup/cli.js';

const DOCS = resolve(__dirname, '../../docs');
const NAME = 'npx nestjs-booking-webhooks';

const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
const text = new Map(pages.map((name) => [name, readFileSync(join(DOCS, name), 'utf8')]));

/** Each call of the command in the blocks of the pages: the command's words, and the options behind them. */
const calls = pages.flatMap((page) => {
  const blocks = text.get(page)?.match(/^```\w*\n.*?^```/gms) ?? [];
  const lines = blocks
    .join('\n')
    .split('\n')
    .filter((line) => line.includes(`${NAME} `));
  return lines.map((line) => {
    const [, args = ''] = line.split(`${NAME} `);
    const words = args.split(' ');
    const command = words[0] === 'replay' ? words.slice(0, 2) : words.slice(0, 1);
    return { page, line: line.trim(), command, options: words.filter((word) => word.startsWith('--')) };
  });
});

let cli: Cli;
const help = new Map<string, string>();

beforeAll(async () => {
  cli = await Cli.build();
  const commands = [
    'status',
    'migrate',
    'sql',
    'replay delivery',
    'replay webhook',
    'replay failed',
    'verify',
    'reseal',
  ];
  for (const command of commands) {
    const { stdout } = await cli.run([...command.split(' '), '--help']);
    help.set(command, stdout);
  }
});
afterAll(() => cli.remove());

it('every call of the command on the pages is one that the command takes', () => {
  expect(calls.length).toBeGreaterThan(10);
  const unknown = calls.filter(({ command, options }) => {
    const known = help.get(command.join(' '));
    return known === undefined || options.some((option) => !known.includes(`${option} `));
  });
  expect(unknown).toEqual([]);
});

it('every option of every command is on the pages', () => {
  const written = `${text.get('cli.md')}${text.get('deployment.md') ?? ''}`;
  const missing = [...help].flatMap(([command, known]) => {
    const options = [...known.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option);
    expect(options).toContain('--json');
    return options.filter((option) => !written.includes(option)).map((option) => `${command} ${option}`);
  });
  expect(missing).toEqual([]);
});
