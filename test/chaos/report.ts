import type { Scenario, Verdict } from './scenario.js';
import { kept } from './scenario.js';

/** A scenario's line, and below it each promise that was broken. */
export function reportOf(scenario: Scenario, verdict: Verdict, control: Verdict, seconds: number): string {
  const { committed, received, lost, phantom, duplicates, figures, broken } = verdict;
  const failures = [...verdict.failures, ...(verdict.beyondBounds ?? [])];
  const { name } = scenario;
  const counts = { scenario: name, committed, received, lost, phantom, duplicates };
  const line = [
    ...Object.entries(counts).map(([key, value]) => `${key}=${value}`),
    `control=${quoted(controlReport(control, scenario.proof(control)))}`,
    ...Object.entries({ ...figures, ...onlyPrefixed(control.figures), seconds }).map(
      ([key, value]) => `${key}=${quoted(String(value))}`,
    ),
  ].join(' ');
  const reasons = broken ? [...failures, `no verdict: ${broken}`] : failures;
  return [`chaos: ${line}`, ...reasons.map((reason) => `chaos:   ${name} failed: ${reason}`)].join('\n');
}

/** What a control shows beside its verdict is named as the control's. */
function onlyPrefixed(figures: Verdict['figures']): Verdict['figures'] {
  return Object.fromEntries(Object.entries(figures).filter(([key]) => key.startsWith('plain_')));
}

function controlReport(control: Verdict, proven: boolean): string {
  if (control.broken) return `no verdict: ${control.broken}`;
  if (kept(control)) return 'passed although its mechanism is off';
  const { lost, phantom } = control;
  const failures = [...control.failures, ...(control.beyondBounds ?? [])];
  const seen = [lost > 0 && `lost ${lost}`, phantom > 0 && `phantom ${phantom}`, ...failures];
  const reasons = seen.filter(Boolean).join('; ');
  return proven ? `failed as expected (${reasons})` : `failed by something else (${reasons})`;
}

function quoted(text: string): string {
  return /\s/.test(text) ? JSON.stringify(text) : text;
}
