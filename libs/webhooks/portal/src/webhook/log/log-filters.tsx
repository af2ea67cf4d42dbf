import { useQuery } from '@tanstack/react-query';

import { eventTypes } from '../../api/event-types.js';
import type { HashQuery } from '../../app/hash-query.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Select } from '../../ui/select.js';
import { TextField } from '../../ui/text-field.js';
import { canonicalTypes } from '../event-labels.js';
import { DELIVERY_STATUSES } from '../delivery-state.js';
import { instantOf, localTime } from '../local-time.js';
import type { Time } from './log-query.js';
import { NO_FILTERS, timeOf } from './log-query.js';
import styles from './log.module.css';

const TIMES = ['any', 'hour', 'day', 'week', 'custom'] as const satisfies Time[];

interface Props {
  query: HashQuery;
  onChange: (changes: Record<string, string | undefined>) => void;
  /** The API's words about the times. */
  errorOf: (field: 'since' | 'until') => string | undefined;
}

/** What narrows the log; it is in force at once and stands in the address. */
export function LogFilters({ query, onChange, errorOf }: Props) {
  const { t, locale } = useI18n();
  const { data: types = [] } = useQuery(eventTypes(locale));
  const time = timeOf(query);
  const isFiltered = Object.keys(NO_FILTERS).some((name) => query[name]);
  return (
    <div role="search" aria-label={t('log.filters')} className={styles.filters}>
      <Select
        label={t('log.status')}
        options={[
          { value: 'any', label: t('log.status.any') },
          ...DELIVERY_STATUSES.map((value) => ({
            value,
            label: t(`state.${value}`),
            description: t(`state.${value}.text`),
          })),
        ]}
        value={query.status ?? 'any'}
        onChange={(status) => onChange({ status: status === 'any' ? undefined : status })}
      />
      <Select
        label={t('log.eventType')}
        options={[
          { value: 'any', label: t('log.eventType.any') },
          ...canonicalTypes(types).map(({ name, label }) => ({ value: name, label, description: name })),
        ]}
        value={query.eventType ?? 'any'}
        onChange={(eventType) => onChange({ eventType: eventType === 'any' ? undefined : eventType })}
      />
      <Select
        label={t('log.time')}
        options={TIMES.map((value) => ({ value, label: t(`log.time.${value}`) }))}
        value={time}
        onChange={(next) =>
          onChange({ time: next === 'any' ? undefined : next, since: undefined, until: undefined })
        }
      />
      {time === 'custom' &&
        (['since', 'until'] as const).map((edge) => (
          <TextField
            key={edge}
            type="datetime-local"
            label={t(`log.${edge}`)}
            value={localTime(query[edge])}
            onChange={(local) => onChange({ time: 'custom', [edge]: instantOf(local) })}
            error={errorOf(edge)}
          />
        ))}
      {isFiltered && (
        <Button variant="ghost" icon="close" onPress={() => onChange(NO_FILTERS)}>
          {t('log.clear')}
        </Button>
      )}
    </div>
  );
}
