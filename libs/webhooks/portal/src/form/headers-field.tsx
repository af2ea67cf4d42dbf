import { useI18n } from '../i18n/i18n.js';
import { Button, IconButton } from '../ui/button.js';
import field from '../ui/field.module.css';
import { ApiWords } from '../ui/field-parts.js';
import { TextField } from '../ui/text-field.js';
import type { Fields } from './fields.js';
import type { HeaderRow } from './form-values.js';
import styles from './form.module.css';

/** Names and values of headers to send along. A stored value is not seen, and stays unless another one is typed. */
export function HeadersField({ values: { headers }, change, errorOf, webhook }: Fields) {
  const { t } = useI18n();
  const error = errorOf('headers');
  const put = (index: number, part: Partial<HeaderRow>) =>
    change({ headers: headers.map((row, at) => (at === index ? { ...row, ...part } : row)) });
  return (
    <div className={styles.group} role="group" aria-labelledby="headers-label" data-field="headers">
      <span id="headers-label" className={field.label}>
        {t('form.headers')}
      </span>
      {headers.map((row, index) => (
        <div key={index} className={styles.header}>
          <TextField
            label={t('form.headers.name')}
            hideLabel
            placeholder={t('form.headers.name')}
            isCode
            value={row.name}
            onChange={(name) => put(index, { name, isStored: false })}
          />
          <TextField
            label={t('form.headers.value')}
            hideLabel
            placeholder={row.isStored ? t('form.headers.kept') : t('form.headers.value')}
            isCode
            value={row.value}
            onChange={(value) => put(index, { value })}
          />
          <IconButton
            label={t('form.headers.remove', { name: row.name })}
            icon="trash"
            onPress={() => change({ headers: headers.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <div>
        <Button
          icon="add"
          onPress={() => change({ headers: [...headers, { name: '', value: '', isStored: false }] })}
        >
          {t('form.headers.add')}
        </Button>
      </div>
      <span className={field.description}>
        {webhook?.headers === null ? t('form.headers.unreadable') : t('form.headers.help')}
      </span>
      {error && (
        <span className={field.error}>
          <ApiWords>{error}</ApiWords>
        </span>
      )}
    </div>
  );
}
