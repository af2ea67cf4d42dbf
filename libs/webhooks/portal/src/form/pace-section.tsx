import { settings } from '../api/settings.js';
import { useFormat } from '../i18n/format.js';
import { useI18n } from '../i18n/i18n.js';
import { Select } from '../ui/select.js';
import { Switch } from '../ui/switch.js';
import { TextField } from '../ui/text-field.js';
import type { Fields } from './fields.js';
import { Row, Section } from './section.js';

const ORDERINGS = ['none', 'resource'] as const;

/** When requests are made, how many, and in which order. */
export function PaceSection({ values, change, errorOf }: Fields) {
  const { t } = useI18n();
  const { duration, list } = useFormat();
  const isSent = values.transport !== 'pull';
  return (
    <Section title={t('form.section.pace')}>
      {isSent && (
        <Switch
          name="retryOnError"
          label={t('form.retryOnError')}
          description={t('form.retryOnError.help', { delays: list(settings.retryDelaysMs.map(duration)) })}
          isSelected={values.retryOnError}
          onChange={(retryOnError) => change({ retryOnError })}
        />
      )}
      <Select
        name="ordering"
        label={t('form.ordering')}
        options={ORDERINGS.map((value) => ({
          value,
          label: t(`form.ordering.${value}`),
          description: t(`form.ordering.${value}.help`),
        }))}
        value={values.ordering}
        onChange={(ordering) => change({ ordering })}
        error={errorOf('ordering')}
      />
      {isSent && (
        <>
          <Row>
            <TextField
              name="maxInFlight"
              label={t('form.maxInFlight')}
              description={t('form.maxInFlight.help', { count: settings.maxInFlight })}
              inputMode="numeric"
              value={values.maxInFlight}
              onChange={(maxInFlight) => change({ maxInFlight })}
              error={errorOf('maxInFlight')}
            />
            <TextField
              name="maxPerSecond"
              label={t('form.maxPerSecond')}
              description={t('form.maxPerSecond.help')}
              inputMode="numeric"
              value={values.maxPerSecond}
              onChange={(maxPerSecond) => change({ maxPerSecond })}
              error={errorOf('maxPerSecond')}
            />
          </Row>
          <TextField
            name="coalesceMs"
            label={t('form.coalesceMs')}
            description={t('form.coalesceMs.help')}
            inputMode="numeric"
            value={values.coalesceMs}
            onChange={(coalesceMs) => change({ coalesceMs })}
            error={errorOf('coalesceMs')}
          />
        </>
      )}
    </Section>
  );
}
