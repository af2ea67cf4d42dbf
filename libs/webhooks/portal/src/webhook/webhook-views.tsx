import { links } from '../app/links.js';
import { View } from '../app/view.js';
import { useI18n } from '../i18n/i18n.js';

/** Everything below `#/webhooks/<id>`. */
export function WebhookViews({ id }: { id: string }) {
  const { t } = useI18n();
  return (
    <View title={t('webhook.title')} back={{ href: links.list, label: t('app.toList') }}>
      <code data-ltr>{id}</code>
    </View>
  );
}
