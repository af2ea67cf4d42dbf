import type { WebhookStatistics } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import styles from './health.module.css';

const BAR = 3;
const STEP = 4;
const HEIGHT = 20;

interface Bar {
  /** From the bottom. */
  from: number;
  height: number;
}

/** A day's deliveries, an hour a bar: what arrived, and on top of it what failed. */
export function Sparkline({ statistics }: { statistics: WebhookStatistics }) {
  const { t } = useI18n();
  const { hours, succeeded, failed, partial } = statistics;
  const most = Math.max(1, ...hours.map((hour) => hour.succeeded + hour.failed));
  const good = hours.map((hour) => ({ from: 0, height: scaled(hour.succeeded, most) }));
  const bad = hours.map((hour, index) => ({
    from: good[index]?.height ?? 0,
    height: scaled(hour.failed, most),
  }));
  const width = hours.length * STEP;
  return (
    <svg
      role="img"
      aria-label={t(partial ? 'list.hoursPartial' : 'list.hours', { succeeded, failed })}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      className={styles.sparkline}
    >
      <path d={pathOf(hours.map(() => ({ from: 0, height: 1 })))} className={styles.none} />
      <path d={pathOf(good)} className={styles.good} />
      <path d={pathOf(bad)} className={styles.bad} />
    </svg>
  );
}

/** One path instead of a rectangle for each bar: many of these are drawn at once. */
function pathOf(bars: readonly Bar[]): string {
  return bars
    .map(({ from, height }, index) =>
      height === 0 ? '' : `M${index * STEP} ${HEIGHT - from}v${-height}h${BAR}v${height}z`,
    )
    .join('');
}

/** One failure among thousands is still seen. */
function scaled(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(2, Math.round((count / most) * (HEIGHT - 2) * 10) / 10);
}
