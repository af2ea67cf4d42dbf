import type { RecoveryPreview } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import shared from '../webhook.module.css';
import styles from './recovery.module.css';

interface Props {
  preview: RecoveryPreview | undefined;
  isCounting: boolean;
}

/** How much would be sent, before it is. */
export function RecoveryNumber({ preview, isCounting }: Props) {
  const { t } = useI18n();
  return (
    <div role="status" className={styles.number}>
      {isCounting && <span className={shared.soft}>{t('recovery.counting')}</span>}
      {preview?.deliveries === 0 && <span>{t('recovery.nothing')}</span>}
      {preview && preview.deliveries > 0 && (
        <>
          <strong>{t('recovery.number', { count: preview.deliveries })}</strong>
          <ul>
            {preview.failed > 0 && <li>{t('recovery.failed', { count: preview.failed })}</li>}
            {preview.missed > 0 && (
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
