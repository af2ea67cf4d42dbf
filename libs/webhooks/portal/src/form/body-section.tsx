import { settings } from '../api/settings.js';
import { useFormat } from '../i18n/format.js';
import { useI18n } from '../i18n/i18n.js';
import { MultiSelect } from '../ui/multi-select.js';
import { Select } from '../ui/select.js';
import { Switch } from '../ui/switch.js';
import type { Fields } from './fields.js';
import { Row, Section } from './section.js';

const DEFAULT = 'default';

/** How a body is written. */
export function BodySection({ values, change, errorOf }: Fields) {
  const { t } = useI18n();
  const { language } = useFormat();
  const locales = new Set([...settings.locales, ...(values.locale === '' ? [] : [values.locale])]);
  return (
    <Section title={t('form.section.body')}>
      <Row>
        <Select
          name="profile"
          label={t('form.profile')}
          description={t('form.profile.help')}
          options={plain(settings.profiles)}
          value={values.profile}
          onChange={(profile) => change({ profile })}
          error={errorOf('profile')}
        />
        <Select
          name="format"
          label={t('form.format')}
          options={plain(settings.formats)}
          value={values.format}
          onChange={(format) => change({ format })}
          error={errorOf('format')}
        />
        <Select
          name="locale"
          label={t('form.locale')}
          description={t('form.locale.help')}
          options={[
            { value: DEFAULT, label: t('ui.default', { value: language(settings.defaultLocale) }) },
            ...[...locales].map((tag) => ({ value: tag, label: language(tag) })),
          ]}
          value={values.locale === '' ? DEFAULT : values.locale}
          onChange={(tag) => change({ locale: tag === DEFAULT ? '' : tag })}
          error={errorOf('locale')}
        />
      </Row>
      <Switch
        name="useContactLanguage"
        label={t('form.useContactLanguage')}
        description={t('form.useContactLanguage.help')}
        isSelected={values.useContactLanguage}
        onChange={(useContactLanguage) => change({ useContactLanguage })}
      />
      <MultiSelect
        name="capabilities"
        label={t('form.capabilities')}
        description={t('form.capabilities.help')}
        groups={[{ name: 'OCTO', options: plain(settings.capabilities) }]}
        value={values.capabilities}
        onChange={(capabilities) => change({ capabilities })}
        searchLabel={t('form.capabilities.search')}
        emptyText={t('form.capabilities.none')}
        error={errorOf('capabilities')}
      />
    </Section>
  );
}

function plain(names: readonly string[]) {
  return names.map((name) => ({ value: name, label: name }));
}
