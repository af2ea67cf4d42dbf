import { useState } from 'react';

import type { DeliveryFilters } from '../../api/deliveries.js';
import type { DeliveryView, WebhookView } from '../../api/types.js';
import { links } from '../../app/links.js';
import { useFormat } from '../../i18n/format.js';
import { useI18n } from '../../i18n/i18n.js';
import { Placeholder } from '../../ui/notice.js';
import { DeliveryState } from '../delivery-state.js';
import { useEventLabels } from '../event-labels.js';
import { LiveBadge } from '../live/live-badge.js';
import { useLiveDeliveries } from '../live/use-live-deliveries.js';
import { Moment } from '../moment.js';
import shared from '../webhook.module.css';
import styles from './overview.module.css';

const SHOWN = 6;
const ALL: DeliveryFilters = {};

/** What is going on right now. */
export function LatestSection({ webhook: { id: webhookId, transport } }: { webhook: WebhookView }) {
  const { t } = useI18n();
  const { number } = useFormat();
  const [latest, setLatest] = useState<DeliveryView[] | null>(null);
  const [isPaused, setPaused] = useState(false);
  const { state, counts } = useLiveDeliveries(webhookId, ALL, {
    isPaused,
    onNews: ({ items }) => setLatest((before) => newest([...items, ...(before ?? [])])),
  });
  const waiting = counts && (counts.pending > 0 || counts.held > 0);
  return (
    <section className={shared.section} aria-label={t('latest.title')}>
      <div className={shared.heading}>
        <h2>{t('latest.title')}</h2>
        <LiveBadge state={state} onPause={setPaused} />
      </div>
      {waiting && (
        <p className={shared.soft}>
          {t('health.pending')}: {number(counts.pending)} · {t('health.held')}: {number(counts.held)}
        </p>
      )}
      {latest === null && <Placeholder height={160} />}
      {latest?.length === 0 && (
        <p className={shared.soft}>{t(transport === 'pull' ? 'feed.log.empty' : 'log.empty.text')}</p>
      )}
      {latest && latest.length > 0 && (
        <ul className={styles.latest}>
          {latest.map((delivery) => (
            <Latest key={delivery.id} delivery={delivery} />
          ))}
        </ul>
      )}
      <a href={links.deliveries(webhookId)}>{t('latest.all')}</a>
    </section>
  );
}

function Latest({ delivery }: { delivery: DeliveryView }) {
  const labelOf = useEventLabels();
  const { id, webhookId, eventType, createdAt } = delivery;
  return (
    <li>
      <DeliveryState delivery={delivery} />
      <a href={`${links.deliveries(webhookId)}?delivery=${id}`}>{labelOf(eventType)}</a>
      <span className={shared.soft}>
        <Moment at={createdAt} />
      </span>
    </li>
  );
}

function newest(deliveries: DeliveryView[]): DeliveryView[] {
  const seen = new Map(deliveries.toReversed().map((delivery) => [delivery.id, delivery]));
  return [...seen.values()].sort((one, other) => (one.eventId < other.eventId ? 1 : -1)).slice(0, SHOWN);
}
