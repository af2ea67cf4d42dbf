import type { WebhookStatistics } from '../../api/types.js';
import { useFormat } from '../../i18n/format.js';
import { useI18n } from '../../i18n/i18n.js';
import styles from './overview.module.css';

type Hour = WebhookStatistics['hours'][number];

/** A day's deliveries, an hour a bar: what arrived, and on top of it what failed. */
export function DayChart({
  statistics: { hours, succeeded, failed, partial },
}: {
  statistics: WebhookStatistics;
}) {
  const { t } = useI18n();
  const { time } = useFormat();
  const most = Math.max(1, ...hours.map((hour) => hour.succeeded + hour.failed));
  const titleOf = ({ start, ...counts }: Hour) => t('health.hour', { ...counts, start: time(start) });
  return (
    <figure className={styles.chart}>
      <div
        role="img"
        aria-label={t(partial ? 'list.hoursPartial' : 'list.hours', { succeeded, failed })}
        className={styles.bars}
      >
        {hours.map((hour) => (
          <div key={hour.start} className={styles.hour} title={titleOf(hour)}>
            <div className={styles.bad} style={{ blockSize: share(hour.failed, most) }} />
            <div className={styles.good} style={{ blockSize: share(hour.succeeded, most) }} />
          </div>
        ))}
      </div>
      <figcaption className={styles.scale}>
        <span>{t('health.ago')}</span>
        <span>{t('health.now')}</span>
      </figcaption>
    </figure>
  );
}

/** One failure among thousands is still seen. */
function share(count: number, most: number): string {
  return count === 0 ? '0' : `max(3px, ${(count / most) * 100}%)`;
}
