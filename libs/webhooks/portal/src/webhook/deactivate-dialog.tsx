import { useI18n } from '../i18n/i18n.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { useActivation } from './use-activation.js';

/** Asks first: what waits is cancelled. */
export function DeactivateDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const activation = useActivation(id);
  return (
    <ConfirmDialog
      title={t('deactivate.title')}
      confirm={t('webhook.deactivate')}
      isPending={activation.isPending}
      problem={activation.error}
      onConfirm={() => activation.mutate(false, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('deactivate.text')}</p>
    </ConfirmDialog>
  );
}
