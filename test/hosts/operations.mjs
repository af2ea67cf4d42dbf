import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { apiOf, eventually, json, publishes, subscribed } from './play.mjs';
import { startCollector } from './collector.mjs';
import { startHost } from './host-process.mjs';
import { startReceiver } from './receiver.mjs';

const PAGE = new URL('../../docs/operations.md', import.meta.url);
/** Nest's own words for each route as it starts. */
const MAPPED = /^Mapped \{(\S+), (\w+)\}/;
/** Not the module's, or not an API. */
const OTHERS = /^\/(bookings|health|metrics|docs)|portal/;
const CALLER = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' };
const MAIN = { main: 'dist/operations/main.js', execArgv: ['--import', './operations/tracing.mjs'] };
const KINDS = ['', 'internal', 'server', 'client', 'producer', 'consumer'];
/** Of two bookings, one of which is rolled back, and two attempts. */
const SPANS = [
  'client POST',
  'client POST',
  'consumer fan out booking.created',
  'producer publish booking.created',
  'producer publish booking.created',
  'server POST',
  'server POST',
];

/** A host that has done what docs/operations.md says, whose code is shown there. */
export async function playOperations(folder, settings) {
  const page = await readFile(PAGE, 'utf8');
  const receiver = await startReceiver();
  const collector = await startCollector();
  try {
    const host = await startHost(folder, settings, { ...MAIN, variables: collector.variables });
    try {
      const api = apiOf(host.url, settings);
      await subscribed(api, receiver, settings);
      await publishes(api, { traceparent: `00-${CALLER.trace}-${CALLER.span}-01` });
      await eventually(() => receiver.received.length === 2, 'the receiver has the event twice');
      await isTraced(receiver, collector);
      await isMeasured(api, page);
      await isHealthy(api);
      await isInTheDocument(api, linesOf(host));
      await host.close();
      isLogged(linesOf(host), page);
    } catch (error) {
      throw new Error(`${error.message}\n${host.output()}`, { cause: error });
    } finally {
      host.kill();
    }
  } finally {
    await Promise.all([receiver.stop(), collector.stop()]);
  }
}

/** Each attempt is a span of its own in the trace that the host's caller began, and tells the receiver so. */
async function isTraced({ received }, { spans }) {
  const trace = () => spans.filter(({ traceId }) => traceId === CALLER.trace);
  await eventually(() => trace().length >= SPANS.length, 'the collector has the whole trace');
  const named = trace().map(({ kind, name }) => `${KINDS[kind]} ${name}`);
  assert.deepEqual(named.sort(), SPANS);
  const told = received.map(({ headers }) => headers.traceparent);
  const sent = trace().filter(({ kind }) => KINDS[kind] === 'client');
  assert.deepEqual(told.sort(), sent.map(({ spanId }) => `00-${CALLER.trace}-${spanId}-01`).sort());
}

async function isMeasured(api, page) {
  const scraped = async () => (await api('GET', 'metrics')).bytes.toString();
  const has = (line) => async () => (await scraped()).split('\n').includes(line);
  for (const line of [
    'webhooks_events_published_total{type="booking.created"} 2',
    'webhooks_deliveries_total{outcome="succeeded"} 1',
    'webhooks_attempt_duration_seconds_count{outcome="http_status"} 1',
    'webhooks_registered{status="active"} 1',
  ])
    await eventually(has(line), `the metrics have ${line}`);
  const text = await scraped();
  const named = [...page.matchAll(/^\| `(webhooks_\w+)`/gm)].map(([, name]) => name);
  assert.ok(named.length > 10, 'the page has a table of metrics');
  for (const name of named) assert.match(text, new RegExp(`^# TYPE ${name} `, 'm'));
}

async function isHealthy(api) {
  const { status, bytes } = await api('GET', 'health');
  assert.equal(status, 200, `the host is healthy (${bytes.toString()})`);
  const { webhooks } = JSON.parse(bytes.toString()).info;
  assert.equal(webhooks.status, 'up');
  assert.equal(webhooks.redis, 'up', 'the health is that of Redis, too');
}

/** Every route that Nest has mapped for the module is an operation that says what it does. */
async function isInTheDocument(api, lines) {
  const { paths } = json(await api('GET', 'docs-json'));
  const mapped = lines.map(({ message }) => MAPPED.exec(message)).filter(Boolean);
  const ours = mapped.filter(([, path]) => !OTHERS.test(path));
  assert.ok(ours.length > 30, 'Nest has told which routes there are');
  for (const [, path, method] of ours) {
    const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    assert.match(operation?.summary ?? '', /\w/, `${method} ${path} says what it does`);
  }
}

/** A line for each attempt, with the fields that the page's example has, and the trace. */
function isLogged(lines, page) {
  const [, block] = /```json\n(\{\n {2}"message": "webhook attempt"[\s\S]*?)```/.exec(page) ?? [];
  const attempts = lines.filter(({ context }) => context === 'WebhookAttempt');
  assert.deepEqual(
    attempts.map(({ level, message }) => [level, message.outcome, message.status, message.traceId]),
    [
      ['warn', 'http_status', 500, CALLER.trace],
      ['log', 'succeeded', 204, CALLER.trace],
    ],
  );
  for (const { message } of attempts)
    assert.deepEqual(Object.keys(message), [...Object.keys(JSON.parse(block)), 'traceId']);
  const louder = lines.filter(({ level, context }) => level !== 'log' && context !== 'WebhookAttempt');
  assert.deepEqual(louder, [], 'there is nothing to warn of but the request that failed');
}

function linesOf(host) {
  return host
    .output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
