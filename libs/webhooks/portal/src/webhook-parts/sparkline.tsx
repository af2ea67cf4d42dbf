import type { WebhookStatistics } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import styles from './health.module.css';

const BAR = 3;
const STEP = 4;
const HEIGHT = 20;

/** A day's deliveries, an hour a bar: what arrived, and on top of it what failed. */
export function Sparkline({ statistics }: { statistics: WebhookStatistics }) {
  const { t } = useI18n();
  const { hours, succeeded, failed, partial } = statistics;
  const most = Math.max(1, ...hours.map((hour) => hour.succeeded + hour.failed));
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
      {hours.map((hour, index) => {
        const good = scaled(hour.succeeded, most);
        const bad = scaled(hour.failed, most);
        const x = index * STEP;
        return (
          <g key={hour.start}>
            <rect x={x} y={HEIGHT - 1} width={BAR} height={1} className={styles.none} />
            <rect x={x} y={HEIGHT - good} width={BAR} height={good} className={styles.good} />
            <rect x={x} y={HEIGHT - good - bad} width={BAR} height={bad} className={styles.bad} />
          </g>
        );
      })}
    </svg>
  );
}

/** One failure among thousands is still seen. */
function scaled(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(2, (count / most) * (HEIGHT - 2));
}
