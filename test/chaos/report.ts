import type { Verdict } from './scenario.js';
import { kept } from './scenario.js';

/** A scenario's line, and below it each promise that was broken. */
export function reportOf(name: string, verdict: Verdict, control: Verdict, seconds: number): string {
  const { committed, received, lost, phantom, duplicates, figures, broken } = verdict;
  const failures = [...verdict.failures, ...(verdict.beyondBounds ?? [])];
  const counts = { scenario: name, committed, received, lost, phantom, duplicates };
  const line = [
    ...Object.entries(counts).map(([key, value]) => `${key}=${value}`),
    `control=${quoted(controlReport(control))}`,
    ...Object.entries({ ...figures, seconds }).map(([key, value]) => `${key}=${quoted(String(value))}`),
  ].join(' ');
  const reasons = broken ? [...failures, `no verdict: ${broken}`] : failures;
  return [`chaos: ${line}`, ...reasons.map((reason) => `chaos:   ${name} failed: ${reason}`)].join('\n');
}

function controlReport(control: Verdict): string {
  if (control.broken) return `no verdict: ${control.broken}`;
  if (kept(control)) return 'passed although its mechanism is off';
  const { lost, phantom } = control;
  const failures = [...control.failures, ...(control.beyondBounds ?? [])];
  const seen = [lost > 0 && `lost ${lost}`, phantom > 0 && `phantom ${phantom}`, ...failures];
  return `failed as expected (${seen.filter(Boolean).join('; ')})`;
}

function quoted(text: string): string {
  return /\s/.test(text) ? JSON.stringify(text) : text;
}
