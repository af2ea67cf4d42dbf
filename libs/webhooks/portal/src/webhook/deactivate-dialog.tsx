import type { WebhookView } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { useActivation } from './use-activation.js';

/** Asks first: what waits is cancelled. */
export function DeactivateDialog({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) {
  const { t } = useI18n();
  const activation = useActivation(webhook.id);
  return (
    <ConfirmDialog
      title={t('deactivate.title')}
      confirm={t('webhook.deactivate')}
      isPending={activation.isPending}
      problem={activation.error}
      onConfirm={() => activation.mutate(false, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t(webhook.transport === 'pull' ? 'feed.deactivate' : 'deactivate.text')}</p>
    </ConfirmDialog>
  );
}
