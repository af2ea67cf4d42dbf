import type { SpanContext } from '@opentelemetry/api';

/** What a tracestate has to be passed on up to. @see https://www.w3.org/TR/trace-context/#tracestate-limits */
const TRACESTATE_LENGTH = 512;

const STORED = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?: (.+))?$/;

/** A place in a trace, in the words of W3C Trace Context. */
export interface TraceContext {
  traceId: string;
  spanId: string;
  traceFlags: number;
  /** As in its header; undefined when there is none. */
  state: string | undefined;
}

/** One line: the `traceparent`, and after a space the `tracestate`, if there is one that is not too long. */
export function storedTraceContext(span: SpanContext): string {
  return Object.values(traceHeaders(span)).join(' ');
}

/** @see https://www.w3.org/TR/trace-context/#traceparent-header */
export function traceHeaders({
  traceId,
  spanId,
  traceFlags,
  traceState,
}: SpanContext): Record<string, string> {
  const state = traceState?.serialize() ?? '';
  return {
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
    ...(state !== '' && state.length <= TRACESTATE_LENGTH && { tracestate: state }),
  };
}

/** Undefined for an event that was published outside of any trace. */
export function readTraceContext(stored: string | null | undefined): TraceContext | undefined {
  const [, traceId, spanId, flags, state] = STORED.exec(stored ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: parseInt(flags, 16), state };
}
