import { useQuery } from '@tanstack/react-query';

import { isOperator, settings } from '../api/settings.js';
import { contractIds } from '../api/webhooks.js';
import { useI18n } from '../i18n/i18n.js';
import { ComboBox } from '../ui/combo-box.js';
import { TextField } from '../ui/text-field.js';
import type { Fields } from './fields.js';

/** An operator chooses or enters one for a new webhook; otherwise it is what it is. */
export function ContractField({ values, change, errorOf, webhook }: Fields) {
  const { t } = useI18n();
  const isChoice = isOperator && webhook === null;
  const { data } = useQuery({ ...contractIds(values.contractId), enabled: isChoice });
  if (!isChoice) {
    return (
      <TextField
        name="contractId"
        label={t('form.contractId')}
        value={webhook?.contractId ?? settings.contractId ?? ''}
        onChange={() => undefined}
        isReadOnly
        error={errorOf('contractId')}
      />
    );
  }
  return (
    <ComboBox
      name="contractId"
      label={t('form.contractId')}
      description={t('form.contractId.help')}
      options={(data?.items ?? []).map((id) => ({ value: id, label: id }))}
      isSearched
      text={values.contractId}
      onTextChange={(contractId) => change({ contractId })}
      emptyText={t('form.contractId.none')}
      error={errorOf('contractId')}
    />
  );
}
