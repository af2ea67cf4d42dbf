import { useSyncExternalStore } from 'react';

import { useFormat } from '../i18n/format.js';

const TICK_MS = 1_000;
let now = Date.now();

function tick(changed: () => void): () => void {
  const timer = setInterval(() => {
    now = Date.now();
    changed();
  }, TICK_MS);
  return () => clearInterval(timer);
}

/** A point in time in full. */
export function Moment({ at }: { at: string }) {
  const { dateTime } = useFormat();
  return <time dateTime={at}>{dateTime(at)}</time>;
}

/** How soon or how long ago, counted on as it is seen; in full when it is pointed at. */
export function Countdown({ to, past }: { to: string; past: string }) {
  const { dateTime, relative } = useFormat();
  const current = useSyncExternalStore(tick, () => now);
  return (
    <time dateTime={to} title={dateTime(to)}>
      {Date.parse(to) <= current ? past : relative(to, current)}
    </time>
  );
}
