import type { WebhookView } from '../../api/types.js';
import { Facts } from '../facts.js';
import shared from '../webhook.module.css';
import { FeedSection } from './feed-section.js';
import { HealthSection } from './health-section.js';
import { LatestSection } from './latest-section.js';
import styles from './overview.module.css';
import { Trouble } from './trouble.js';
import { useWebhookFacts } from './use-webhook-facts.js';
import { useI18n } from '../../i18n/i18n.js';

/** How a webhook is doing, and what it is. */
export function OverviewTab({ webhook }: { webhook: WebhookView }) {
  const { t } = useI18n();
  const facts = useWebhookFacts(webhook);
  const { transport } = webhook;
  return (
    <div className={styles.overview}>
      <Trouble webhook={webhook} />
      <div className={styles.main}>
        {transport === 'pull' ? <FeedSection webhook={webhook} /> : <HealthSection webhookId={webhook.id} />}
        <LatestSection webhook={webhook} />
        {transport === 'both' && <FeedSection webhook={webhook} />}
      </div>
      <section className={shared.section} aria-label={t('facts.title')}>
        <h2>{t('facts.title')}</h2>
        <Facts facts={facts} />
      </section>
    </div>
  );
}
