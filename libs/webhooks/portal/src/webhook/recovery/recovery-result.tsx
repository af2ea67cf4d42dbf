import type { WebhookView } from '../../api/types.js';
import { links } from '../../app/links.js';
import { useFormat } from '../../i18n/format.js';
import { useI18n } from '../../i18n/i18n.js';
import { ButtonLink } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import type { RecoveryFacts, RecoveryStage } from './recovery-stage.js';

interface Props {
  webhook: WebhookView;
  stage: RecoveryStage;
  facts: RecoveryFacts;
}

/** How it ended, or why it does not get on. Heard as soon as it is seen. */
export function RecoveryResult(props: Props) {
  return (
    <div role="status">
      <Result {...props} />
    </div>
  );
}

function Result({ webhook: { id: webhookId, transport }, stage, facts: { recovered, failed = 0 } }: Props) {
  const { t } = useI18n();
  const { number } = useFormat();
  const log = (status: string) => `${links.deliveries(webhookId)}?status=${status}`;
  switch (stage) {
    case 'running':
      return null;
    case 'stalled':
      return (
        <Notice
          tone="warn"
          title={t('recovery.stalled')}
          action={<ButtonLink href={log('pending')}>{t('recovery.seeWaiting')}</ButtonLink>}
        >
          {t('recovery.stalled.text')}
        </Notice>
      );
    case 'stopped':
      return (
        <Notice
          tone="bad"
          title={t('recovery.stopped')}
          action={<ButtonLink href={links.webhook(webhookId)}>{t('webhook.overview')}</ButtonLink>}
        >
          {t('recovery.stopped.text')}
        </Notice>
      );
    case 'partly':
      return (
        <Notice
          tone="warn"
          title={t('recovery.partly', {
            sent: number(Math.max(0, recovered - failed)),
            failed: number(failed),
          })}
          action={<ButtonLink href={log('exhausted')}>{t('recovery.seeFailed')}</ButtonLink>}
        />
      );
    case 'done':
      return (
        <Notice
          tone="good"
          title={t(transport === 'pull' ? 'feed.recovery.done' : 'recovery.done', { count: recovered })}
        />
      );
  }
}
