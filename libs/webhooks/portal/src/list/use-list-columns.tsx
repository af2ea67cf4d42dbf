import { useQuery } from '@tanstack/react-query';

import { eventTypes } from '../api/event-types.js';
import { isOperator } from '../api/settings.js';
import type { WebhookStatistics, WebhookView } from '../api/types.js';
import { links } from '../app/links.js';
import { useFormat } from '../i18n/format.js';
import { useI18n } from '../i18n/i18n.js';
import { IconButton } from '../ui/button.js';
import { RowButton, RowLink } from '../ui/row-action.js';
import type { Column } from '../ui/table.js';
import { Health } from '../webhook-parts/health.js';
import { StatusBadge } from '../webhook-parts/status-badge.js';
import { EventTypesCell } from './event-types-cell.js';
import { FilterText } from './filter-text.js';
import type { FilterProps } from './list-filters.js';
import { ContractFilter, EventTypeFilter, HealthFilter, StatusFilter } from './list-filters.js';
import { NO_FILTERS } from './list-query.js';
import styles from './list.module.css';
import { UrlCell } from './url-cell.js';

interface Props extends FilterProps {
  statisticsOf: (id: string) => WebhookStatistics | undefined | null;
  onDelete: (webhook: WebhookView) => void;
}

/** An operator also sees whose a webhook is. */
export function useListColumns({ statisticsOf, onDelete, ...filtering }: Props): Column<WebhookView>[] {
  const { t, locale } = useI18n();
  const { number } = useFormat();
  const types = useQuery(eventTypes(locale)).data ?? [];
  const labels = new Map(types.map(({ name, label }) => [name, label]));
  const { filters, onChange } = filtering;
  const isFiltered = Object.keys(filters).length > 0;
  const contract: Column<WebhookView> = {
    id: 'contract',
    header: t('list.column.contract'),
    cell: ({ contractId }) => contractId,
    sort: 'contractId',
    filter: <ContractFilter {...filtering} />,
    width: '11%',
  };
  return [
    {
      id: 'no',
      header: t('list.column.no'),
      cell: (_, index) => <span className={styles.number}>{number(index + 1)}</span>,
      sort: 'createdAt',
      filter: (
        <FilterText
          label={t('list.filter', { column: t('list.filter.id') })}
          placeholder={t('list.filter.id')}
          value={filters.id ?? ''}
          onChange={(id) => onChange({ id })}
        />
      ),
      width: '76px',
    },
    ...(isOperator ? [contract] : []),
    {
      id: 'url',
      header: t('list.column.url'),
      cell: (webhook) => <UrlCell webhook={webhook} />,
      sort: 'url',
      filter: (
        <FilterText
          label={t('list.filter', { column: t('list.column.url') })}
          placeholder={t('list.filter.contains')}
          value={filters.url ?? ''}
          onChange={(url) => onChange({ url })}
        />
      ),
      isRowHeader: true,
    },
    {
      id: 'eventType',
      header: t('list.column.eventType'),
      cell: ({ eventTypes: names }) => <EventTypesCell names={names} labels={labels} />,
      filter: <EventTypeFilter {...filtering} />,
      width: '19%',
    },
    {
      id: 'status',
      header: t('list.column.status'),
      cell: (webhook) => <StatusBadge status={webhook.status} />,
      sort: 'status',
      filter: <StatusFilter {...filtering} />,
      width: '124px',
    },
    {
      id: 'health',
      header: t('list.column.health'),
      cell: (webhook) => <Health webhook={webhook} statistics={statisticsOf(webhook.id)} />,
      filter: <HealthFilter {...filtering} />,
      width: '192px',
    },
    {
      id: 'actions',
      header: t('list.column.actions'),
      cell: (webhook) => (
        <div className={styles.actions}>
          <RowLink
            label={t('list.edit', { url: webhook.url ?? t('webhook.pull') })}
            icon="edit"
            href={links.edit(webhook.id)}
          />
          <RowButton
            label={t('list.delete', { url: webhook.url ?? t('webhook.pull') })}
            icon="trash"
            onPress={() => onDelete(webhook)}
          />
        </div>
      ),
      filter: isFiltered && (
        <IconButton label={t('list.clear')} icon="close" onPress={() => onChange(NO_FILTERS)} />
      ),
      width: '88px',
    },
  ];
}
