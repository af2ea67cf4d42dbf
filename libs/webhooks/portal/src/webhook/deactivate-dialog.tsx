import { useI18n } from '../i18n/i18n.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { ProblemNotice } from '../ui/notice.js';
import { useActivation } from './use-activation.js';

/** Asks first: what waits is cancelled. */
export function DeactivateDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const activation = useActivation(id);
  return (
    <Dialog
      role="alertdialog"
      title={t('deactivate.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button
            variant="danger"
            isPending={activation.isPending}
            onPress={() => activation.mutate(false, { onSuccess: onClose })}
          >
            {t('webhook.deactivate')}
          </Button>
        </>
      }
    >
      {activation.error && <ProblemNotice problem={activation.error} />}
      <p>{t('deactivate.text')}</p>
    </Dialog>
  );
}
