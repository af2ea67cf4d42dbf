import { useMutation, useQueryClient } from '@tanstack/react-query';

import { forgetLists } from '../api/webhook-cache.js';
import { createWebhook } from '../api/webhooks.js';
import { navigate } from '../app/hash-location.js';
import { links, pathOf } from '../app/links.js';
import { listPlace } from '../app/list-place.js';
import { View } from '../app/view.js';
import { useI18n } from '../i18n/i18n.js';
import { toast } from '../ui/toast.js';
import { SecretDialog, verifierOf } from '../webhook-parts/secret-dialog.js';
import type { WebhookWithSecret } from '../api/types.js';
import { NEW_VALUES, newWebhookOf } from './form-values.js';
import { WebhookForm } from './webhook-form.js';

export function AddView() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const { link } = listPlace();
  const goOn = ({ id }: WebhookWithSecret) => navigate(pathOf(links.webhook(id)));
  const creation = useMutation({
    mutationFn: createWebhook,
    onSuccess: (created) => {
      toast(t('form.created'));
      void forgetLists(queries);
      if (verifierOf(created) === undefined) goOn(created);
    },
  });
  const { data: created } = creation;
  return (
    <View isNarrow title={t('form.add')} back={{ href: link, label: t('app.toList') }}>
      <WebhookForm
        initial={NEW_VALUES}
        webhook={null}
        problem={creation.error}
        isSaving={creation.isPending}
        isSaved={creation.isSuccess}
        onSave={(values) => creation.mutate(newWebhookOf(values))}
        cancelLink={link}
      />
      {created && <SecretDialog webhook={created} onClose={() => goOn(created)} />}
    </View>
  );
}
