import type { WebhookView } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Select } from '../../ui/select.js';
import { TextField } from '../../ui/text-field.js';
import { instantOf, localTime } from '../local-time.js';
import { Moment } from '../moment.js';
import styles from './recovery.module.css';
import type { Since } from './since.js';
import { choicesFor, sinceOf } from './since.js';

interface Props {
  webhook: WebhookView;
  since: Since;
  onSince: (since: Since) => void;
  error: string | undefined;
}

export function SinceField({ webhook, since, onSince, error }: Props) {
  const { t } = useI18n();
  const { choice, at } = since;
  const isCustom = choice === 'custom';
  return (
    <div className={styles.since}>
      <Select
        label={t('recovery.since')}
        options={choicesFor(webhook, choice).map((value) => ({ value, label: t(`recovery.since.${value}`) }))}
        value={choice}
        onChange={(next) => onSince(sinceOf(next, webhook, Date.now(), since))}
        description={!isCustom && at !== undefined ? <Moment at={at} /> : undefined}
        error={isCustom ? undefined : error}
      />
      {isCustom && (
        <TextField
          type="datetime-local"
          name="since"
          label={t('recovery.time')}
          value={localTime(at)}
          onChange={(local) => onSince({ choice, at: instantOf(local) })}
          error={at === undefined ? t('recovery.time.missing') : error}
        />
      )}
    </div>
  );
}
