import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';

import type { WebhookView } from '../api/types.js';
import { webhookCount, webhookList } from '../api/webhooks.js';
import { useHashQuery } from '../app/hash-query.js';
import { View } from '../app/view.js';
import { useI18n } from '../i18n/i18n.js';
import { Button } from '../ui/button.js';
import { ProblemNotice } from '../ui/notice.js';
import { Table } from '../ui/table.js';
import { DeleteDialog } from '../webhook-parts/delete-dialog.js';
import { ListEmpty, ListLoading } from './list-states.js';
import { DEFAULT_SORT, listQueryOf, NO_FILTERS } from './list-query.js';
import { ListToolbar } from './list-toolbar.js';
import styles from './list.module.css';
import { useListColumns } from './use-list-columns.js';
import { useListPlace } from './use-list-place.js';
import { useStatistics } from './use-statistics.js';

/** All webhooks that the reader may see. */
export function ListView() {
  const { t } = useI18n();
  const [query, changeQuery] = useHashQuery();
  const { filters, sort } = useMemo(() => listQueryOf(query), [query]);
  const [showFilters, setShowFilters] = useState(false);
  const [deleting, setDeleting] = useState<WebhookView | null>(null);
  useListPlace();

  const list = useInfiniteQuery(webhookList(filters, sort));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, error } = list;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const total = useQuery(webhookCount(filters)).data?.count ?? null;
  const { onWindow, statisticsOf } = useStatistics(rows);
  const columns = useListColumns({ filters, onChange: changeQuery, statisticsOf, onDelete: setDeleting });
  const onMore = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage]);
  const isFiltered = Object.keys(filters).length > 0;

  return (
    <View
      title={t('list.title')}
      aside={
        <span role="status" className={styles.count}>
          {total === null ? '' : t('list.count', { count: total })}
        </span>
      }
      actions={<ListToolbar filters={filters} sort={sort} />}
    >
      <div className={styles.narrowOnly}>
        <Button icon="filter" aria-expanded={showFilters} onPress={() => setShowFilters((shown) => !shown)}>
          {t('list.filters')}
        </Button>
      </div>
      <Table
        label={t('list.title')}
        columns={columns}
        rows={rows}
        idOf={(webhook) => webhook.id}
        total={total}
        sort={sort}
        onSort={(next) => changeQuery({ sort: next === DEFAULT_SORT ? '' : next })}
        onMore={hasNextPage && !isFetchingNextPage && !error ? onMore : undefined}
        onWindow={onWindow}
        showFilters={showFilters}
      >
        {list.isPending && <ListLoading />}
        {data && <ListEmpty isFiltered={isFiltered} onClear={() => changeQuery(NO_FILTERS)} />}
      </Table>
      {isFetchingNextPage && <ListLoading rows={2} />}
      {error && (
        <ProblemNotice problem={error} onRetry={() => void (data ? fetchNextPage() : list.refetch())} />
      )}
      {deleting && (
        <DeleteDialog webhook={deleting} onClose={() => setDeleting(null)} onDeleted={focusHeading} />
      )}
    </View>
  );
}

/** The button that the focus would go back to is gone with its row. */
function focusHeading(): void {
  requestAnimationFrame(() => document.querySelector('h1')?.focus());
}
