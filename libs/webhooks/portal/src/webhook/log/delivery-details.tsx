import type { DeliveryWithAttempts } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Notice } from '../../ui/notice.js';
import { DeliveryState, stateOf } from '../delivery-state.js';
import { Facts } from '../facts.js';
import { Countdown, Moment } from '../moment.js';
import shared from '../webhook.module.css';
import { AttemptList } from './attempt-list.js';
import { NewerDelivery } from './newer-delivery.js';
import { SentBody } from './sent-body.js';

interface Props {
  delivery: DeliveryWithAttempts;
  /** Where another delivery stands open. */
  linkTo: (id: string) => string;
}

export function DeliveryDetails({ delivery, linkTo }: Props) {
  const { t } = useI18n();
  const { event, status, trigger, attempts, nextAttemptAt, completedAt, supersededBy } = delivery;
  const isNeverSent = attempts.length === 0 && (status === 'offered' || status === 'superseded');
  return (
    <>
      <div className={shared.row}>
        <span role="status">
          <DeliveryState delivery={delivery} />
        </span>
        <span className={shared.soft}>
          {t(`state.${stateOf(delivery)}.text`)}
          {trigger !== 'scheduled' && ` · ${t(`trigger.${trigger}`)}`}
        </span>
      </div>
      {!event && <Notice tone="info">{t('delivery.eventGone')}</Notice>}
      <Facts
        facts={[
          [t('log.event'), <code data-ltr>{delivery.eventType}</code>],
          [t('delivery.resource'), event?.resourceKey && <code data-ltr>{event.resourceKey}</code>],
          [t('delivery.occurred'), event && <Moment at={event.occurredAt} />],
          [t('delivery.created'), <Moment at={delivery.createdAt} />],
          [t('delivery.completed'), completedAt && <Moment at={completedAt} />],
          [t('delivery.next'), nextAttemptAt && <Countdown to={nextAttemptAt} past={t('log.next.now')} />],
          [
            t('delivery.supersededBy'),
            supersededBy && (
              <NewerDelivery webhookId={delivery.webhookId} eventId={supersededBy} linkTo={linkTo} />
            ),
          ],
          [t('delivery.eventId'), <code data-ltr>{delivery.eventId}</code>],
          [t('delivery.id'), <code data-ltr>{delivery.id}</code>],
        ]}
      />
      {event && <SentBody webhookId={delivery.webhookId} eventId={delivery.eventId} />}
      {!isNeverSent && (
        <section className={shared.section} aria-label={t('attempts.title')}>
          <h3>{t('attempts.title')}</h3>
          <AttemptList attempts={attempts} />
        </section>
      )}
    </>
  );
}
