import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { unsentDeliveries } from '../api/deliveries.js';
import type { WebhookView } from '../api/types.js';
import { dropWebhook } from '../api/webhook-cache.js';
import { deleteWebhook } from '../api/webhooks.js';
import { useI18n } from '../i18n/i18n.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { toast } from '../ui/toast.js';

interface Props {
  webhook: Pick<WebhookView, 'id' | 'url' | 'transport'>;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Asks first, and names what is lost. */
export function DeleteDialog({ webhook, onClose, onDeleted }: Props) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const deletion = useMutation({
    mutationFn: () => deleteWebhook(webhook.id),
    onSuccess: () => {
      toast(t('delete.done'));
      onClose();
      onDeleted?.();
      dropWebhook(queries, webhook.id);
    },
  });
  return (
    <ConfirmDialog
      title={t('delete.title')}
      confirm={t('delete.confirm')}
      isPending={deletion.isPending}
      problem={deletion.error}
      onConfirm={() => deletion.mutate()}
      onClose={onClose}
    >
      <p>
        {webhook.transport === 'pull' || webhook.url === null
          ? t('feed.delete')
          : t('delete.text', { url: webhook.url })}
      </p>
      <ul>
        <li>{t('delete.log')}</li>
        {webhook.transport !== 'push' && <li>{t('feed.delete.events')}</li>}
        <Unsent id={webhook.id} />
        <li>{t('delete.secret')}</li>
      </ul>
    </ConfirmDialog>
  );
}

function Unsent({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, isPending } = useQuery(unsentDeliveries(id));
  if (isPending) return <li>…</li>;
  if (!data) return <li>{t('delete.pendingUnknown')}</li>;
  if (data.count === 0) return null;
  return <li>{t(data.isMore ? 'delete.pendingMany' : 'delete.pending', data)}</li>;
}
