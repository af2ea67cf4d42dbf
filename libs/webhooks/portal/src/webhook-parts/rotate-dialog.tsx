import { useMutation, useQueryClient } from '@tanstack/react-query';

import { settings } from '../api/settings.js';
import type { WebhookView } from '../api/types.js';
import { keepWebhook } from '../api/webhook-cache.js';
import { rotateSecret } from '../api/webhooks.js';
import { useFormat } from '../i18n/format.js';
import { useI18n } from '../i18n/i18n.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { ProblemNotice } from '../ui/notice.js';
import { SecretDialog } from './secret-dialog.js';

/** Asks, then shows the new secret. */
export function RotateDialog({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) {
  const { t } = useI18n();
  const { duration } = useFormat();
  const queries = useQueryClient();
  const rotation = useMutation({
    mutationFn: () => rotateSecret(webhook.id),
    onSuccess: ({ secret: _secret, ...rotated }) => keepWebhook(queries, rotated),
  });
  if (rotation.data) return <SecretDialog webhook={rotation.data} onClose={onClose} />;
  return (
    <Dialog
      role="alertdialog"
      title={t('rotate.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button variant="primary" isPending={rotation.isPending} onPress={() => rotation.mutate()}>
            {t('rotate.confirm')}
          </Button>
        </>
      }
    >
      {rotation.error && <ProblemNotice problem={rotation.error} />}
      <p>
        {webhook.signing.scheme === 'hmac'
          ? t('rotate.hmac')
          : t('rotate.text', { duration: duration(settings.secretOverlapMs) })}
      </p>
    </Dialog>
  );
}
