import { useQuery } from '@tanstack/react-query';

import type { WebhookStatistics } from '../../api/types.js';
import { webhookStatistics } from '../../api/webhooks.js';
import { useFormat } from '../../i18n/format.js';
import { useI18n } from '../../i18n/i18n.js';
import { Placeholder, ProblemNotice } from '../../ui/notice.js';
import shared from '../webhook.module.css';
import { DayChart } from './day-chart.js';
import styles from './overview.module.css';

const FRESH_MS = 5_000;

/** A webhook's last day in figures and hour by hour. */
export function HealthSection({ webhookId }: { webhookId: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery({
    ...webhookStatistics([webhookId]),
    staleTime: 0,
    refetchInterval: FRESH_MS,
  });
  const statistics = data?.items[0];
  return (
    <section className={shared.section} aria-label={t('health.title')}>
      <h2>{t('health.title')}</h2>
      {statistics && <Day statistics={statistics} />}
      {!statistics && !error && <Placeholder height={132} />}
      {!statistics && error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
    </section>
  );
}

function Day({ statistics }: { statistics: WebhookStatistics }) {
  const { t } = useI18n();
  const { number, percent } = useFormat();
  const { succeeded, failed, partial } = statistics;
  const total = succeeded + failed;
  if (total === 0) return <p className={shared.soft}>{t('health.none')}</p>;
  const figures = [
    { name: t('health.share'), value: percent(succeeded / total) },
    { name: t('health.succeeded'), value: number(succeeded) },
    { name: t('health.failed'), value: number(failed), isBad: failed > 0 },
  ];
  return (
    <>
      <dl className={styles.figures}>
        {figures.map(({ name, value, isBad }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd data-bad={isBad === true ? true : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      <DayChart statistics={statistics} />
      {partial && <p className={shared.soft}>{t('health.partial')}</p>}
    </>
  );
}
