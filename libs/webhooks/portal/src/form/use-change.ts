import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { WebhookView } from '../api/types.js';
import { keepWebhook } from '../api/webhook-cache.js';
import { setWebhookActive, updateWebhook } from '../api/webhooks.js';
import { navigate } from '../app/hash-location.js';
import { pathOf } from '../app/links.js';
import { useI18n } from '../i18n/i18n.js';
import { toast } from '../ui/toast.js';
import type { FormValues } from './form-values.js';
import { patchOf } from './form-values.js';

interface Change {
  before: FormValues;
  after: FormValues;
}

/** Sends what was changed, then goes back. The status has a way of its own in the API, and goes last. */
export function useChange(id: string, backLink: string) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const kept = (webhook: WebhookView) => keepWebhook(queries, webhook);
  return useMutation({
    mutationFn: async ({ before, after }: Change) => {
      const patch = patchOf(before, after);
      const isPatched = Object.keys(patch).length > 0;
      if (isPatched) kept(await updateWebhook(id, patch));
      const isSwitched = before.status !== after.status;
      if (isSwitched) kept(await setWebhookActive(id, after.status === 'active'));
      return isPatched || isSwitched;
    },
    onSuccess: (isChanged) => {
      toast(isChanged ? t('form.saved') : t('form.unchanged'));
      navigate(pathOf(backLink));
    },
  });
}
