import { useMutation, useQueryClient } from '@tanstack/react-query';

import { settings } from '../api/settings.js';
import type { WebhookView } from '../api/types.js';
import { keepWebhook } from '../api/webhook-cache.js';
import { rotateSecret } from '../api/webhooks.js';
import { useFormat } from '../i18n/format.js';
import { useI18n } from '../i18n/i18n.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
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
    <ConfirmDialog
      title={t('rotate.title')}
      confirm={t('rotate.confirm')}
      isHarmless
      isPending={rotation.isPending}
      problem={rotation.error}
      onConfirm={() => rotation.mutate()}
      onClose={onClose}
    >
      <p>
        {webhook.signing.scheme === 'hmac'
          ? t('rotate.hmac')
          : t('rotate.text', { duration: duration(settings.secretOverlapMs) })}
      </p>
    </ConfirmDialog>
  );
}
