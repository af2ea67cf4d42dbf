import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Registry } from 'prom-client';

import { Host } from './setup/host.js';

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const page = read('docs/operations.md');
const rules = read('docs/operations/alerts.yml');
const dashboard = JSON.parse(read('docs/operations/dashboard.json')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};

const alerts = [...rules.matchAll(/- alert: (\w+)\n\s+expr: (.+)$/gm)].map(([, name, expr]) => ({
  name: name!,
  expr: expr!,
}));
const asked = [
  ...alerts.map(({ name, expr }) => [`the alert ${name}`, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => [`the panel ${title}`, expr] as const),
  ),
];

interface Family {
  name: string;
  type: string;
  labels: string[];
}

/** What an application with metrics has, before anything has happened in it. */
let families: Family[];

beforeAll(async () => {
  const registry = new Registry();
  const host = await Host.start({ scheduler: 'in-process', worker: false, metrics: registry });
  await registry.metrics();
  families = (await registry.getMetricsAsJSON()).map(({ name, type }) => ({
    name,
    type: String(type),
    labels: [...(registry.getSingleMetric(name) as unknown as { labelNames: string[] }).labelNames],
  }));
  await host.stop();
});

/** A series' family; those of a histogram have endings. */
function familyOf(series: string): Family | undefined {
  return families.find(
    ({ name, type }) =>
      name === series || (type === 'histogram' && series.replace(/_(bucket|sum|count)$/, '') === name),
  );
}

it('the page shows the files that it names as sources as they are', () => {
  const shown = [...page.matchAll(/<!-- source: (\S+) -->\n+```\w+\n(.*?)```$/gms)];
  expect(shown).toHaveLength(3);
  for (const [, path = '', text] of shown) expect(text).toBe(read(path));
});

it('there are alerts and panels to check', () => {
  expect(alerts.length).toBe(rules.match(/^ +- alert:/gm)?.length);
  expect(alerts.length).toBeGreaterThan(5);
  expect(dashboard.panels.length).toBeGreaterThan(8);
});

it.each(asked)('%s asks only for metrics and labels that a running application has', (_where, expr) => {
  const series = [...expr.matchAll(/\b(webhooks_\w+)(?:\{([^}]*)\})?/g)];
  expect(series.length).toBeGreaterThan(0);
  for (const [, name = '', selector = ''] of series) {
    const family = familyOf(name);
    expect([name, family?.name]).toEqual([name, expect.any(String)]);
    const selected = [...selector.matchAll(/(\w+)\s*(?:=|!=|=~|!~)\s*"/g)].map(([, label]) => label);
    for (const label of selected) expect(family!.labels).toContain(label);
  }
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
  const known = series.flatMap(([, name = '']) => familyOf(name)?.labels ?? []);
  for (const label of grouped) expect([...known, 'le']).toContain(label);
});

it('the page lists every metric with its kind and labels, and no other', () => {
  const [, section = ''] = page.split(/^## Metrics$/m);
  const listed = section
    .split(/^## /m)[0]!
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name = '', type = '', labels = '']) => ({
      name: name.replaceAll('`', ''),
      type,
      labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label),
    }));
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  expect(listed.sort(byName)).toEqual(families.sort(byName));
});

it('every metric is on a panel of the dashboard', () => {
  const onPanels = dashboard.panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/webhooks_\w+/g) ?? []),
  );
  const shown = new Set(onPanels.map((series) => familyOf(series)?.name));
  expect(families.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
});

it('each alert has its meaning and its remedy on the page', () => {
  const told = [...page.matchAll(/^### (Webhooks\w+)$/gm)].map(([, name]) => name);
  expect(told).toEqual(alerts.map(({ name }) => name));
});
