import { useMutation, useQueryClient } from '@tanstack/react-query';

import { keepWebhook } from '../api/webhook-cache.js';
import { setWebhookActive } from '../api/webhooks.js';
import { useI18n } from '../i18n/i18n.js';
import { toast } from '../ui/toast.js';

/** Switches a webhook on or off. */
export function useActivation(id: string) {
  const { t } = useI18n();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (active: boolean) => setWebhookActive(id, active),
    onSuccess: (webhook, active) => {
      keepWebhook(queries, webhook);
      toast(t(active ? 'webhook.activated' : 'webhook.deactivated'));
    },
  });
}
