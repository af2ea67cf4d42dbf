import type { WebhookView } from '../../api/types.js';
import { links } from '../../app/links.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button, ButtonLink } from '../../ui/button.js';
import { Empty, Placeholder } from '../../ui/notice.js';
import styles from './log.module.css';

/** Rows that are on their way, as high as they will be. */
export function LogLoading({ rows }: { rows: number }) {
  const { t } = useI18n();
  return (
    <div role="status" aria-label={t('log.loading')} className={styles.loading}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index}>
          <Placeholder width={`${20 + ((index * 7) % 12)}%`} />
          <Placeholder width={72} />
          <Placeholder width="18%" />
        </div>
      ))}
    </div>
  );
}

interface Props {
  webhook: WebhookView;
  isFiltered: boolean;
  onClear: () => void;
}

export function LogEmpty({ webhook: { id, transport }, isFiltered, onClear }: Props) {
  const { t } = useI18n();
  if (isFiltered) {
    return (
      <Empty title={t('log.none')} action={<Button onPress={onClear}>{t('log.clear')}</Button>}>
        {t('log.none.text')}
      </Empty>
    );
  }
  if (transport === 'pull') return <Empty title={t('log.empty')}>{t('feed.log.empty')}</Empty>;
  return (
    <Empty
      title={t('log.empty')}
      action={
        <ButtonLink icon="send" href={links.test(id)}>
          {t('test.send')}
        </ButtonLink>
      }
    >
      {t('log.empty.text')}
    </Empty>
  );
}
