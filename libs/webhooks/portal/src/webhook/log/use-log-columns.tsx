import type { DeliveryView } from '../../api/types.js';
import { useFormat } from '../../i18n/format.js';
import { useI18n } from '../../i18n/i18n.js';
import type { Column } from '../../ui/table.js';
import { DeliveryState } from '../delivery-state.js';
import { useEventLabels } from '../event-labels.js';
import { failureText } from '../failure.js';
import { Countdown, Moment } from '../moment.js';
import styles from './log.module.css';

interface Props {
  linkTo: (id: string) => string;
  onOpen: () => void;
}

export function useLogColumns({ linkTo, onOpen }: Props): Column<DeliveryView>[] {
  const { t } = useI18n();
  const { number, dateTime } = useFormat();
  const labelOf = useEventLabels();
  return [
    {
      id: 'event',
      header: t('log.event'),
      cell: ({ id, eventType, trigger, createdAt }) => (
        <div className={styles.event}>
          <a
            href={linkTo(id)}
            onClick={onOpen}
            aria-haspopup="dialog"
            aria-label={t('log.open', { event: labelOf(eventType), time: dateTime(createdAt) })}
          >
            {labelOf(eventType)}
          </a>
          <span className={styles.soft}>
            <span data-ltr>{eventType}</span>
            {trigger !== 'scheduled' && ` · ${t(`trigger.${trigger}`)}`}
          </span>
        </div>
      ),
      isRowHeader: true,
    },
    {
      id: 'state',
      header: t('log.status'),
      cell: (delivery) => <DeliveryState delivery={delivery} />,
      width: '124px',
    },
    {
      id: 'attempts',
      header: t('log.attempts'),
      cell: ({ attemptCount }) => <span className={styles.figure}>{number(attemptCount)}</span>,
      width: '88px',
    },
    {
      id: 'answer',
      header: t('log.answer'),
      cell: (delivery) => <LastAnswer delivery={delivery} />,
      width: '20%',
    },
    {
      id: 'created',
      header: t('log.time'),
      cell: ({ createdAt }) => (
        <span className={styles.figure}>
          <Moment at={createdAt} />
        </span>
      ),
      width: '190px',
    },
    {
      id: 'next',
      header: t('log.next'),
      cell: ({ nextAttemptAt }) =>
        nextAttemptAt ? <Countdown to={nextAttemptAt} past={t('log.next.now')} /> : <None />,
      width: '132px',
    },
  ];
}

function LastAnswer({ delivery: { lastStatusCode, lastError } }: { delivery: DeliveryView }) {
  const { t } = useI18n();
  if (lastError !== null) {
    return <span className={styles.bad}>{failureText(lastError, lastStatusCode, t)}</span>;
  }
  if (lastStatusCode === null) return <None />;
  return <>{t('failure.status', { status: String(lastStatusCode) })}</>;
}

function None() {
  return (
    <span aria-hidden="true" className={styles.soft}>
      –
    </span>
  );
}
