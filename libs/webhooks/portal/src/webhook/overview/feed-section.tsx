import { settings } from '../../api/settings.js';
import type { WebhookView } from '../../api/types.js';
import { feedUrl } from '../../api/webhooks.js';
import { feedCommand } from '../../developers/snippets.js';
import { useI18n } from '../../i18n/i18n.js';
import { Code } from '../../ui/code.js';
import shared from '../webhook.module.css';

/** How the events of a webhook are fetched: the first time, and from then on. */
export function FeedSection({ webhook: { id, transport } }: { webhook: WebhookView }) {
  const { t } = useI18n();
  const url = feedUrl(id);
  return (
    <section className={shared.section} aria-label={t('feed.title')}>
      <h2>{t('feed.title')}</h2>
      <p>
        {t('feed.text')} {t('feed.kept', { count: settings.retentionDays })}
        {transport === 'both' && ` ${t('feed.both')}`}
      </p>
      <Code label={t('feed.command')} code={feedCommand(url)} isWrapped />
      <p>{t('feed.next')}</p>
      <Code label={t('feed.next.command')} code={feedCommand(url, '$CURSOR')} isWrapped />
      <p className={shared.soft}>{t('developers.credentials')}</p>
    </section>
  );
}
