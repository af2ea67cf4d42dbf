import type { WebhookView } from '../../api/types.js';
import { links } from '../../app/links.js';
import { useFormat } from '../../i18n/format.js';
import { useI18n } from '../../i18n/i18n.js';
import { ButtonLink } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { ActivateButton } from '../activate-button.js';
import styles from './overview.module.css';

/** Why nothing arrives, and what to do about it. Nothing while all is well. */
export function Trouble({ webhook }: { webhook: WebhookView }) {
  const { t } = useI18n();
  const { dateTime } = useFormat();
  const { status, transport, disabledReason, health } = webhook;
  if (status === 'disabled') {
    return (
      <div className={styles.wide}>
        <Notice
          tone="bad"
          title={t('health.disabled')}
          action={<ActivateButton webhook={webhook} variant="primary" />}
        >
          {disabledReason && `${t(`reason.${disabledReason}`)} `}
          {t('health.disabled.text')}
        </Notice>
      </div>
    );
  }
  if (status === 'inactive') {
    return (
      <div className={styles.wide}>
        <Notice tone="info">{t(transport === 'pull' ? 'feed.inactive' : 'health.inactive')}</Notice>
      </div>
    );
  }
  // It is about requests, of which there are none any more.
  if (!health.failingSince || transport === 'pull') return null;
  return (
    <div className={styles.wide} role="status">
      <Notice
        tone="warn"
        title={t('health.failing', { time: dateTime(health.failingSince) })}
        action={<ButtonLink href={links.recovery(webhook.id)}>{t('webhook.recovery')}</ButtonLink>}
      >
        {t('health.failing.text', { count: health.consecutiveFailures })}
        {health.pausedUntil && ` ${t('health.paused', { time: dateTime(health.pausedUntil) })}`}
      </Notice>
    </div>
  );
}
