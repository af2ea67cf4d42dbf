import { useI18n } from '../i18n/i18n.js';
import { ButtonLink } from '../ui/button.js';
import { Empty } from '../ui/notice.js';
import { links } from './links.js';
import { View } from './view.js';

export function NotFoundView() {
  const { t } = useI18n();
  return (
    <View title={t('app.notFound')}>
      <Empty
        title={t('app.notFound.text')}
        action={<ButtonLink href={links.list}>{t('app.toList')}</ButtonLink>}
      />
    </View>
  );
}
