import type { WebhookView } from '../api/types.js';
import { links } from '../app/links.js';
import { useI18n } from '../i18n/i18n.js';
import styles from './list.module.css';

/** Leads to the webhook's own page; below it how its body is written. */
export function UrlCell({ webhook }: { webhook: WebhookView }) {
  const { t } = useI18n();
  const { id, url, profile, format, locale, transport } = webhook;
  return (
    <div className={styles.target}>
      {url === null ? (
        <a href={links.webhook(id)}>{t('webhook.pull')}</a>
      ) : (
        <a href={links.webhook(id)} title={url} data-ltr>
          {url}
        </a>
      )}
      <span className={styles.soft} data-ltr={url === null ? undefined : true}>
        <span data-ltr>{[profile, format, locale].filter((part) => part !== null).join(' · ')}</span>
        {transport !== 'push' && ` · ${t(`form.transport.${transport}`)}`}
      </span>
    </div>
  );
}
