import { links } from '../../app/links.js';
import { useI18n } from '../../i18n/i18n.js';
import { ButtonLink } from '../../ui/button.js';
import { Empty } from '../../ui/notice.js';

/** In the place of a test, for whom its address leads there all the same. */
export function NoTest({ id }: { id: string }) {
  const { t } = useI18n();
  return (
    <Empty
      title={t('feed.test')}
      action={<ButtonLink href={links.webhook(id)}>{t('feed.test.read')}</ButtonLink>}
    >
      {t('feed.test.text')}
    </Empty>
  );
}
