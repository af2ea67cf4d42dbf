// The fuzzing, in a process of its own: it keeps a processor busy, and the runner times other scenarios meanwhile.
import { noticed } from './control.js';
import { fuzz } from './fuzz.js';
import type { FuzzOptions } from './fuzz.js';

const { control, ...options } = JSON.parse(process.argv[2] ?? '{}') as Omit<FuzzOptions, 'log'> & {
  control: boolean;
};
const log = process.env.DEBUG ? console.log : () => undefined;

process.once('disconnect', () => process.exit(1));
try {
  const answer = control ? await noticed(options, options.seed) : await fuzz({ ...options, log });
  process.send?.({ answer }, () => process.exit(0));
} catch (error) {
  process.send?.({ error: String(error) }, () => process.exit(0));
}
