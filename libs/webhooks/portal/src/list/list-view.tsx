import { View } from '../app/view.js';
import { useI18n } from '../i18n/i18n.js';

export function ListView() {
  const { t } = useI18n();
  return <View title={t('list.title')}>…</View>;
}
