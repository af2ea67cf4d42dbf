import { useCallback, useMemo, useState } from 'react';

import { fieldError } from '../../api/problem.js';
import type { WebhookView } from '../../api/types.js';
import { useHashQuery } from '../../app/hash-query.js';
import { useI18n } from '../../i18n/i18n.js';
import { ProblemNotice } from '../../ui/notice.js';
import { Table } from '../../ui/table.js';
import { LiveBadge } from '../live/live-badge.js';
import shared from '../webhook.module.css';
import { DeliveryPanel } from './delivery-panel.js';
import { LogFilters } from './log-filters.js';
import { logFiltersOf, NO_FILTERS } from './log-query.js';
import { LogEmpty, LogLoading } from './log-states.js';
import styles from './log.module.css';
import { useDeliveryLog } from './use-delivery-log.js';
import { useLogColumns } from './use-log-columns.js';
import { useOpenDelivery } from './use-open-delivery.js';

/** What was sent to a webhook, what came back and what is still to come, as it happens. */
export function DeliveriesTab({ webhook }: { webhook: WebhookView }) {
  const { t } = useI18n();
  const { id } = webhook;
  const [query, changeQuery] = useHashQuery();
  const [now, setNow] = useState(() => Date.now());
  const [isPaused, setPaused] = useState(false);
  const { openId, linkTo, ...panel } = useOpenDelivery();
  const { status, eventType, time, since, until } = query;
  const filters = useMemo(
    () => logFiltersOf({ status, eventType, time, since, until } as typeof query, now),
    [status, eventType, time, since, until, now],
  );
  const log = useDeliveryLog(id, filters, isPaused);
  const { rows, hasNextPage, isFetchingNextPage, fetchNextPage, error } = log;
  const onMore = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage]);
  const columns = useLogColumns({ linkTo, onOpen: panel.onOpen });

  const onFilter = (changes: Record<string, string | undefined>) => {
    setNow(Date.now());
    changeQuery(changes);
  };
  const isRefusedField = Boolean(fieldError(error, 'since') ?? fieldError(error, 'until'));
  return (
    <div className={shared.section}>
      <div className={styles.bar}>
        <LogFilters query={query} onChange={onFilter} errorOf={(field) => fieldError(error, field)} />
        <LiveBadge state={log.state} onPause={setPaused} />
      </div>
      <p role="status" className={shared.heard}>
        {log.arrived > 0 ? t('log.arrived', { count: log.arrived }) : ''}
      </p>
      <Table
        label={t('log.label')}
        columns={columns}
        rows={rows}
        idOf={(delivery) => delivery.id}
        total={log.data && !hasNextPage ? rows.length : null}
        onMore={hasNextPage && !isFetchingNextPage && !error ? onMore : undefined}
      >
        {log.isPending && <LogLoading rows={8} />}
        {log.data && (
          <LogEmpty
            webhook={webhook}
            isFiltered={Object.keys(filters).length > 0}
            onClear={() => onFilter(NO_FILTERS)}
          />
        )}
      </Table>
      {isFetchingNextPage && <LogLoading rows={2} />}
      {error && !isRefusedField && (
        <ProblemNotice problem={error} onRetry={() => void (log.data ? fetchNextPage() : log.refetch())} />
      )}
      {openId !== undefined && (
        <DeliveryPanel key={openId} webhook={webhook} id={openId} linkTo={linkTo} onClose={panel.onClose} />
      )}
    </div>
  );
}
