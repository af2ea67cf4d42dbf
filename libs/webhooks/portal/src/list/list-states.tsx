import { links } from '../app/links.js';
import { useI18n } from '../i18n/i18n.js';
import { Button, ButtonLink } from '../ui/button.js';
import { Empty, Placeholder } from '../ui/notice.js';
import styles from './list.module.css';

/** Rows that are on their way, as high as they will be. */
export function ListLoading({ rows = 8 }: { rows?: number }) {
  const { t } = useI18n();
  return (
    <div role="status" aria-label={t('list.loading')} className={styles.loading}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index}>
          <Placeholder width={28} />
          <Placeholder width={`${30 + ((index * 7) % 20)}%`} />
          <Placeholder width="16%" />
          <Placeholder width={64} />
        </div>
      ))}
    </div>
  );
}

export function ListEmpty({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useI18n();
  if (isFiltered) {
    return (
      <Empty title={t('list.none')} action={<Button onPress={onClear}>{t('list.clear')}</Button>}>
        {t('list.none.text')}
      </Empty>
    );
  }
  return (
    <Empty
      title={t('list.empty')}
      action={
        <ButtonLink icon="add" href={links.add}>
          {t('list.add')}
        </ButtonLink>
      }
    >
      {t('list.empty.text')}
    </Empty>
  );
}
