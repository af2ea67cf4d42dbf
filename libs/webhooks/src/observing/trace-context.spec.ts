import type { SpanContext } from '@opentelemetry/api';
import { createTraceState } from '@opentelemetry/api';

import { readTraceContext, storedTraceContext, traceHeaders } from './trace-context.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const PLACE: SpanContext = { traceId: TRACE, spanId: SPAN, traceFlags: 1 };

it('what is stored is read as it was', () => {
  const traceState = createTraceState('a=1,b=t:x y');
  for (const place of [PLACE, { ...PLACE, traceFlags: 0 }, { ...PLACE, traceState }]) {
    const { traceId, spanId, traceFlags } = place;
    const state = 'traceState' in place ? 'a=1,b=t:x y' : undefined;
    expect(readTraceContext(storedTraceContext(place))).toEqual({ traceId, spanId, traceFlags, state });
  }
});

it('headers are those of W3C Trace Context', () => {
  expect(traceHeaders(PLACE)).toEqual({ traceparent: `00-${TRACE}-${SPAN}-01` });
  expect(traceHeaders({ ...PLACE, traceFlags: 0, traceState: createTraceState('a=1') })).toEqual({
    traceparent: `00-${TRACE}-${SPAN}-00`,
    tracestate: 'a=1',
  });
});

it('a tracestate that is longer than it has to be passed on is left out, and the column holds the longest', () => {
  const long = Array.from({ length: 4 }, (_, index) => `k${index}=${'v'.repeat(125)}`).join(',');
  expect(long).toHaveLength(515);
  expect(traceHeaders({ ...PLACE, traceState: createTraceState(long) })).toEqual({
    traceparent: `00-${TRACE}-${SPAN}-01`,
  });
  const longest = createTraceState(long.slice(0, 512));
  expect(storedTraceContext({ ...PLACE, traceState: longest }).length).toBeLessThanOrEqual(600);
});

it.each([null, undefined, '', 'x', `00-${TRACE}-${SPAN}`, `01-${TRACE}-${SPAN}-01`])(
  '%p is no place in a trace',
  (stored) => expect(readTraceContext(stored)).toBeUndefined(),
);
