import type { WebhookStatistics, WebhookView } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { useI18n } from '../i18n/i18n.js';
import { Placeholder } from '../ui/notice.js';
import styles from './health.module.css';
import { Sparkline } from './sparkline.js';

interface Props {
  webhook: WebhookView;
  /** Undefined while it is on its way, null when it could not be had. */
  statistics: WebhookStatistics | undefined | null;
}

/** How a receiver has been doing, at a glance. */
export function Health({ webhook, statistics }: Props) {
  return (
    <div className={styles.health}>
      <div className={styles.day}>
        <Day webhook={webhook} statistics={statistics} />
      </div>
      <Trouble webhook={webhook} />
    </div>
  );
}

function Day({ webhook: { transport }, statistics }: Props) {
  const { t } = useI18n();
  const { percent } = useFormat();
  if (statistics === null) return null;
  if (statistics === undefined) return <Placeholder width={140} height={20} />;
  const { succeeded, failed } = statistics;
  if (succeeded + failed === 0) {
    return <span className={styles.quiet}>{t(transport === 'pull' ? 'feed.quiet' : 'list.quiet')}</span>;
  }
  return (
    <>
      <Sparkline statistics={statistics} />
      <span className={styles.share}>{percent(succeeded / (succeeded + failed))}</span>
    </>
  );
}

function Trouble({ webhook: { status, transport, disabledReason, health } }: Pick<Props, 'webhook'>) {
  const { t } = useI18n();
  const { moment } = useFormat();
  if (disabledReason) return <span className={styles.trouble}>{t(`reason.${disabledReason}`)}</span>;
  if (status !== 'active' || transport === 'pull' || !health.failingSince) return null;
  return (
    <span className={styles.trouble}>{t('list.failingSince', { time: moment(health.failingSince) })}</span>
  );
}
