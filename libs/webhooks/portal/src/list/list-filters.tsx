import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { eventTypes } from '../api/event-types.js';
import { contractIds } from '../api/webhooks.js';
import type { WebhookFilters } from '../api/webhooks.js';
import { useI18n } from '../i18n/i18n.js';
import { Select } from '../ui/select.js';
import { FilterChoice } from './filter-choice.js';

export interface FilterProps {
  filters: WebhookFilters;
  onChange: (changes: Partial<Record<keyof WebhookFilters, string | undefined>>) => void;
}

const STATUSES = ['active', 'inactive', 'disabled'] as const;
const REASONS = ['gone', 'exhausted', 'failures'] as const;

export function ContractFilter({ filters, onChange }: FilterProps) {
  const { t } = useI18n();
  const [search, setSearch] = useState('');
  const { data } = useQuery(contractIds(search));
  return (
    <FilterChoice
      label={t('list.filter', { column: t('list.column.contract') })}
      placeholder={t('ui.all')}
      options={(data?.items ?? []).map((id) => ({ value: id, label: id }))}
      value={filters.contractId ?? ''}
      onChange={(contractId) => onChange({ contractId })}
      onSearch={setSearch}
    />
  );
}

export function EventTypeFilter({ filters, onChange }: FilterProps) {
  const { t, locale } = useI18n();
  const { data = [] } = useQuery(eventTypes(locale));
  return (
    <FilterChoice
      label={t('list.filter', { column: t('list.column.eventType') })}
      placeholder={t('ui.all')}
      options={data.map(({ name, label }) => ({ value: name, label, description: name }))}
      value={filters.eventType ?? ''}
      onChange={(eventType) => onChange({ eventType })}
    />
  );
}

export function StatusFilter({ filters, onChange }: FilterProps) {
  const { t } = useI18n();
  return (
    <Select
      label={t('list.filter', { column: t('list.column.status') })}
      hideLabel
      options={[
        { value: 'all', label: t('ui.all') },
        ...STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
      ]}
      value={filters.status ?? 'all'}
      onChange={(status) => onChange({ status: status === 'all' ? '' : status })}
    />
  );
}

/** Two of the API's filters in one: whether attempts fail, and why a webhook was switched off. */
export function HealthFilter({ filters, onChange }: FilterProps) {
  const { t } = useI18n();
  const failing = String(filters.failing ?? '');
  return (
    <Select
      label={t('list.filter', { column: t('list.column.health') })}
      hideLabel
      options={[
        { value: 'all', label: t('ui.all') },
        { value: 'true', label: t('list.filter.failing') },
        { value: 'false', label: t('list.filter.healthy') },
        ...REASONS.map((value) => ({ value, label: t(`list.filter.${value}`) })),
      ]}
      value={filters.disabledReason ?? (failing === '' ? 'all' : failing)}
      onChange={(value) => {
        const isFailing = value === 'true' || value === 'false';
        onChange({
          failing: isFailing ? value : '',
          disabledReason: isFailing || value === 'all' ? '' : value,
        });
      }}
    />
  );
}
