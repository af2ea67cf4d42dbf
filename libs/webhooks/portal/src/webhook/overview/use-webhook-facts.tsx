import type { ReactNode } from 'react';

import { isOperator, settings } from '../../api/settings.js';
import type { WebhookView } from '../../api/types.js';
import { feedUrl } from '../../api/webhooks.js';
import { useFormat } from '../../i18n/format.js';
import { useI18n } from '../../i18n/i18n.js';
import type { Translate } from '../../i18n/messages.js';
import { CopyButton } from '../../ui/copy.js';
import { useEventLabels } from '../event-labels.js';
import { Moment } from '../moment.js';
import styles from './overview.module.css';

/** What a webhook is, in the order in which one asks. */
export function useWebhookFacts(webhook: WebhookView): (readonly [name: string, value: ReactNode])[] {
  const { t } = useI18n();
  const { duration, language, list } = useFormat();
  const labelOf = useEventLabels();
  const { url, id, transport, locale, capabilities, headers, signing, maxPerSecond, ordering, filters } =
    webhook;
  const { coalesceMs } = webhook;
  const isSent = transport !== 'pull';
  const locales = language(locale ?? settings.defaultLocale);
  return [
    [t('facts.url'), url !== null && isSent && <Copied text={url} label={t('facts.copyUrl')} />],
    [t('facts.transport'), t(`form.transport.${transport}`)],
    [t('facts.feed'), transport !== 'push' && <Copied text={feedUrl(id)} label={t('facts.copyFeed')} />],
    [t('facts.id'), <Copied text={id} label={t('facts.copyId')} />],
    [t('facts.contract'), isOperator && webhook.contractId],
    [
      t('facts.eventTypes'),
      <ul className={styles.plain}>
        {webhook.eventTypes.map((name) => (
          <li key={name}>
            {labelOf(name) !== name && labelOf(name)} <code data-ltr>{name}</code>
          </li>
        ))}
      </ul>,
    ],
    [t('facts.filters'), filters && <Lines lines={filterLines(filters, t, list)} />],
    [t('facts.body'), <span data-ltr>{`${webhook.profile} · ${webhook.format}`}</span>],
    [
      t('facts.locale'),
      webhook.useContactLanguage ? t('facts.locale.contact', { language: locales }) : locales,
    ],
    [t('facts.capabilities'), capabilities.length > 0 && <Codes codes={capabilities} />],
    [t('facts.signing'), signingText(signing, t)],
    [t('facts.publicKey'), signing.publicKey && <code data-ltr>{signing.publicKey}</code>],
    [
      t('facts.headers'),
      headers === null
        ? isSent && t('facts.headers.unreadable')
        : isSent &&
          Object.keys(headers).length > 0 && (
            <Codes codes={Object.entries(headers).map(([name, value]) => `${name}: ${value}`)} />
          ),
    ],
    [
      t('facts.pace'),
      isSent && (
        <Lines
          lines={[
            t('facts.inFlight', { count: webhook.maxInFlight }),
            ...(maxPerSecond === null ? [] : [t('facts.perSecond', { count: maxPerSecond })]),
            ...(coalesceMs === null ? [] : [t('facts.coalesced', { duration: duration(coalesceMs) })]),
          ]}
        />
      ),
    ],
    [t('facts.order'), t(`form.ordering.${ordering}`)],
    [
      t('facts.retries'),
      isSent &&
        (webhook.retryOnError && settings.retryDelaysMs.length > 0
          ? t('facts.retries.after', { list: list(settings.retryDelaysMs.map(duration)) })
          : t('facts.retries.none')),
    ],
    [t('facts.created'), <Moment at={webhook.createdAt} />],
    [t('facts.updated'), <Moment at={webhook.updatedAt} />],
  ];
}

function signingText({ scheme, header }: WebhookView['signing'], t: Translate): string {
  const name = t(`form.signing.${scheme}`);
  return header === undefined ? name : t('facts.signing.in', { scheme: name, header });
}

function filterLines(
  filters: NonNullable<WebhookView['filters']>,
  t: Translate,
  list: (items: string[]) => string,
): string[] {
  const fields = ['productIds', 'statuses', 'changedPaths'] as const;
  return fields.flatMap((field) => {
    const entries = filters[field];
    return entries?.length ? [t(`facts.filters.${field}`, { list: list(entries) })] : [];
  });
}

function Copied({ text, label }: { text: string; label: string }) {
  return (
    <span className={styles.copied}>
      <code data-ltr>{text}</code>
      <CopyButton text={text} label={label} />
    </span>
  );
}

function Codes({ codes }: { codes: string[] }) {
  return (
    <ul className={styles.plain}>
      {codes.map((code) => (
        <li key={code}>
          <code data-ltr>{code}</code>
        </li>
      ))}
    </ul>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <ul className={styles.plain}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
