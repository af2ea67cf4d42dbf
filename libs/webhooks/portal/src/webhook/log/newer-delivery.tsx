import { useInfiniteQuery } from '@tanstack/react-query';

import { deliveryList } from '../../api/deliveries.js';
import { useFormat } from '../../i18n/format.js';
import { useI18n } from '../../i18n/i18n.js';
import { useEventLabels } from '../event-labels.js';

interface Props {
  webhookId: string;
  eventId: string;
  /** Where its delivery stands open. */
  linkTo: (id: string) => string;
}

/** Leads to the delivery of the event that stands for another; one that is gone has its id alone. */
export function NewerDelivery({ webhookId, eventId, linkTo }: Props) {
  const { t } = useI18n();
  const { dateTime } = useFormat();
  const labelOf = useEventLabels();
  const { data } = useInfiniteQuery(deliveryList(webhookId, { eventId }, 1));
  const newer = data?.pages[0]?.data[0];
  if (!newer) return <code data-ltr>{eventId}</code>;
  return (
    <a href={linkTo(newer.id)}>
      {t('log.open', { event: labelOf(newer.eventType), time: dateTime(newer.createdAt) })}
    </a>
  );
}
