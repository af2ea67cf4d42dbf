import { useI18n } from '../i18n/i18n.js';
import styles from './list.module.css';

const SHOWN = 2;

interface Props {
  names: readonly string[];
  labels: ReadonlyMap<string, string>;
}

/** The first of a webhook's event types by their labels, and how many more there are. */
export function EventTypesCell({ names, labels }: Props) {
  const { t } = useI18n();
  const rest = names.slice(SHOWN);
  const labelOf = (name: string) => labels.get(name) ?? name;
  return (
    <div className={styles.types} title={names.map(labelOf).join('\n')}>
      {names.slice(0, SHOWN).map((name) => (
        <span key={name} className={styles.type}>
          <bdi>{labelOf(name)}</bdi>
        </span>
      ))}
      {rest.length > 0 && <span className={styles.soft}>{t('list.moreTypes', { count: rest.length })}</span>}
    </div>
  );
}
