import { useI18n } from '../i18n/i18n.js';
import { TextField } from '../ui/text-field.js';
import type { Fields } from './fields.js';
import { Section } from './section.js';

const NAMES = ['productIds', 'statuses', 'changedPaths'] as const;
type Name = (typeof NAMES)[number];

/** Which events of its types a webhook gets, by their data. */
export function NarrowSection({ values, change, errorOf }: Fields) {
  const { t } = useI18n();
  // The API speaks of all three as one field, and names the one it means.
  const refused = errorOf('filters');
  const field = (name: Name) => ({
    name: `filters.${name}`,
    label: t(`form.filters.${name}`),
    value: values[name],
    onChange: (text: string) => change({ [name]: text }),
    error: isAbout(name, refused) ? refused : undefined,
  });
  return (
    <Section title={t('form.section.narrow')}>
      <TextField {...field('productIds')} description={t('form.filters.help')} isCode />
      <TextField {...field('statuses')} description={t('form.filters.help')} isCode placeholder="CONFIRMED" />
      <TextField
        {...field('changedPaths')}
        description={t('form.filters.changedPaths.help')}
        isCode
        placeholder="/booking/status"
      />
    </Section>
  );
}

/** The first one stands for an error that names none. */
function isAbout(name: Name, error: string | undefined): boolean {
  if (error === undefined) return false;
  const named = NAMES.find((each) => error.includes(`'${each}' `));
  return name === (named ?? 'productIds');
}
