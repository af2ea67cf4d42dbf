import { useQuery } from '@tanstack/react-query';

import { previewedBody } from '../api/event-types.js';
import { settings } from '../api/settings.js';
import { useFormat } from '../i18n/format.js';
import { useI18n } from '../i18n/i18n.js';
import { IconButton } from '../ui/button.js';
import { Code } from '../ui/code.js';
import { Placeholder, ProblemNotice } from '../ui/notice.js';
import { Select } from '../ui/select.js';
import { SelectSeveral } from '../ui/select-several.js';
import styles from './preview.module.css';
import type { Side } from './sides.js';
import { readable } from './sides.js';

interface Props {
  number: number;
  eventType: string;
  side: Side;
  onChange: (part: Partial<Side>) => void;
  onRemove?: () => void;
}

/** One body, and what it is written as. */
export function PreviewSide({ number, eventType, side, onChange, onRemove }: Props) {
  const { t } = useI18n();
  const { language } = useFormat();
  const title = t('preview.side', { count: number });
  return (
    <section className={styles.side} aria-label={title}>
      <header className={styles.header}>
        <h2>{title}</h2>
        {onRemove && (
          <IconButton label={t('preview.removeSide', { count: number })} icon="close" onPress={onRemove} />
        )}
      </header>
      <div className={styles.choices}>
        <Select
          label={t('form.profile')}
          options={settings.profiles.map((value) => ({ value, label: value }))}
          value={side.profile}
          onChange={(profile) => onChange({ profile })}
        />
        <Select
          label={t('form.format')}
          options={settings.formats.map((value) => ({ value, label: value }))}
          value={side.format}
          onChange={(format) => onChange({ format })}
        />
        <Select
          label={t('form.locale')}
          options={settings.locales.map((value) => ({ value, label: language(value) }))}
          value={side.locale}
          onChange={(locale) => onChange({ locale })}
        />
      </div>
      <SelectSeveral
        label={t('form.capabilities')}
        noneText={t('form.capabilities.nothing')}
        options={settings.capabilities.map((value) => ({ value, label: value }))}
        value={side.capabilities}
        onChange={(capabilities) => onChange({ capabilities })}
      />
      <Body eventType={eventType} side={side} title={title} />
    </section>
  );
}

function Body({ eventType, side, title }: Pick<Props, 'eventType' | 'side'> & { title: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery(previewedBody({ eventType, ...side }));
  if (error) return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Placeholder height={280} />;
  const bytes = new TextEncoder().encode(data.body).length;
  return (
    <>
      <p className={styles.facts}>
        <span data-ltr>{data.contentType}</span>
        <span>{t('preview.size', { count: bytes })}</span>
        {data.contentLanguage !== '' && <span data-ltr>Content-Language: {data.contentLanguage}</span>}
      </p>
      <Code label={title} code={readable(data.body, data.contentType)} />
    </>
  );
}
