import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { previewedBody } from '../../api/event-types.js';
import type { WebhookView } from '../../api/types.js';
import { webhook } from '../../api/webhooks.js';
import { useI18n } from '../../i18n/i18n.js';
import { Icon } from '../../ui/icon.js';
import { Placeholder, ProblemNotice } from '../../ui/notice.js';
import { BodyView } from '../body-view.js';
import shared from '../webhook.module.css';
import styles from './attempts.module.css';

interface Props {
  webhookId: string;
  eventId: string;
}

/** What is sent of an event, written anew when it is asked for: bodies are not kept. */
export function SentBody({ webhookId, eventId }: Props) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const subscribed = useQuery({ ...webhook(webhookId), enabled: isOpen }).data;
  return (
    <details className={styles.attempt} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>
        <Icon name="chevron" />
        <strong>{t('delivery.body')}</strong>
      </summary>
      <div className={styles.body}>
        <p className={shared.soft}>{t('delivery.body.text')}</p>
        {isOpen && subscribed && <Written subscribed={subscribed} eventId={eventId} />}
      </div>
    </details>
  );
}

function Written({ subscribed, eventId }: { subscribed: WebhookView; eventId: string }) {
  const { t } = useI18n();
  const { profile, format, locale, useContactLanguage, capabilities } = subscribed;
  const { data, error, refetch } = useQuery(
    previewedBody({ eventId, profile, format, locale, useContactLanguage, capabilities }),
  );
  if (error) return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Placeholder height={160} />;
  return <BodyView label={t('delivery.body')} body={data.body} />;
}
