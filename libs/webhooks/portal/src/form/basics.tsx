import { useQuery } from '@tanstack/react-query';

import { eventTypes } from '../api/event-types.js';
import { useI18n } from '../i18n/i18n.js';
import { Choice } from '../ui/choice.js';
import { MultiSelect } from '../ui/multi-select.js';
import { Notice, ProblemNotice } from '../ui/notice.js';
import { TextField } from '../ui/text-field.js';
import { ContractField } from './contract-field.js';
import { eventTypeGroups } from './event-type-groups.js';
import type { Fields } from './fields.js';

/** What every webhook needs. */
export function Basics(fields: Fields) {
  const { t, locale } = useI18n();
  const { values, change, errorOf, webhook } = fields;
  const types = useQuery(eventTypes(locale));
  const isMasked = webhook?.url?.includes('***') ?? false;
  const urlHelp = t('form.url.help');
  const noServer = t('form.url.none', { pull: t('form.transport.pull'), more: t('form.more') });
  return (
    <>
      <ContractField {...fields} />
      {values.transport !== 'pull' && (
        <TextField
          name="url"
          label={t('form.url')}
          description={
            isMasked ? t('form.url.masked') : webhook === null ? `${urlHelp} ${noServer}` : urlHelp
          }
          type="url"
          isCode
          placeholder="https://example.com/webhooks"
          value={values.url}
          onChange={(url) => change({ url })}
          error={errorOf('url')}
        />
      )}
      {types.error && <ProblemNotice problem={types.error} onRetry={() => void types.refetch()} />}
      <MultiSelect
        name="eventTypes"
        label={t('form.eventTypes')}
        groups={eventTypeGroups(types.data ?? [], t)}
        value={values.eventTypes}
        onChange={(chosen) => change({ eventTypes: chosen })}
        searchLabel={t('form.eventTypes.search')}
        emptyText={types.isPending ? '…' : t('form.eventTypes.none')}
        error={errorOf('eventTypes')}
      />
      <Choice
        name="status"
        label={t('form.status')}
        description={t('form.status.help')}
        options={(webhook?.status === 'disabled'
          ? (['active', 'inactive', 'disabled'] as const)
          : (['active', 'inactive'] as const)
        ).map((value) => ({ value, label: t(`status.${value}`) }))}
        value={values.status}
        onChange={(status) => change({ status })}
        error={errorOf('status')}
      />
      {webhook?.disabledReason && (
        <Notice tone="warn" title={t(`reason.${webhook.disabledReason}`)}>
          {t('form.status.disabled')}
        </Notice>
      )}
    </>
  );
}
