import type { RecoveryPreview } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import shared from '../webhook.module.css';
import styles from './recovery.module.css';

interface Props {
  preview: RecoveryPreview | undefined;
  isCounting: boolean;
  /** Nothing is sent: events come into the feed, and only those that are not there. */
  isFeed: boolean;
}

/** How much would be sent, before it is. */
export function RecoveryNumber({ preview, isCounting, isFeed }: Props) {
  const { t } = useI18n();
  return (
    <div role="status" className={styles.number}>
      {isCounting && <span className={shared.soft}>{t('recovery.counting')}</span>}
      {preview?.deliveries === 0 && <span>{t(isFeed ? 'feed.recovery.nothing' : 'recovery.nothing')}</span>}
      {preview && preview.deliveries > 0 && (
        <>
          <strong>
            {t(isFeed ? 'feed.recovery.number' : 'recovery.number', { count: preview.deliveries })}
          </strong>
          <ul>
            {preview.failed > 0 && <li>{t('recovery.failed', { count: preview.failed })}</li>}
            {isFeed && preview.olderThanWebhook > 0 && (
              <li>{t('recovery.older', { count: preview.olderThanWebhook })}</li>
            )}
            {!isFeed && preview.missed > 0 && (
              <li>
                {t('recovery.missed', { count: preview.missed })}
                {preview.olderThanWebhook > 0 &&
                  ` · ${t('recovery.older', { count: preview.olderThanWebhook })}`}
              </li>
            )}
          </ul>
        </>
      )}
    </div>
  );
}
