import type { Dialect, EventTypeEntry } from '../api/types.js';
import type { Translate } from '../i18n/messages.js';
import type { OptionGroup } from '../ui/multi-select.js';

/** Names of their own, the same in every language. */
const DIALECTS: Record<Dialect, string> = {
  standard: 'Standard',
  octo: 'OCTO',
  'octo-notification': 'OCTO Notifications',
  checkfront: 'Checkfront',
  capdata: 'CapData',
  'delay-care': 'Delay Care',
};

/** What a webhook can ask for, in the words of one system after another; what covers several types comes last. */
export function eventTypeGroups(types: readonly EventTypeEntry[], t: Translate): OptionGroup[] {
  const groups = (Object.keys(DIALECTS) as Dialect[]).map((dialect) => ({
    name: DIALECTS[dialect],
    options: types
      .filter((type) => type.dialect === dialect)
      .map(({ name, label, description }) => ({ value: name, label, description })),
  }));
  const patterns = { name: t('form.eventTypes.patterns'), options: patternsOf(types, t) };
  return [...groups, patterns].filter(({ options }) => options.length > 0);
}

function patternsOf(types: readonly EventTypeEntry[], t: Translate): OptionGroup['options'] {
  const canonical = types.filter(({ dialect }) => dialect === 'standard').map(({ name }) => name);
  const prefixes = [...new Set(canonical.map((name) => name.split('.', 1)[0] ?? name))];
  const repeated = prefixes.filter(
    (prefix) => canonical.filter((name) => name.startsWith(`${prefix}.`)).length > 1,
  );
  return [
    { value: '*', label: t('form.eventTypes.all'), description: t('form.eventTypes.all.help') },
    ...repeated.map((prefix) => ({
      value: `${prefix}.*`,
      label: `${prefix}.*`,
      description: t('form.eventTypes.prefix.help', { prefix: `${prefix}.` }),
    })),
  ];
}
