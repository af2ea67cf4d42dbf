import type { WebhookWithSecret } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { Button } from '../ui/button.js';
import { Code } from '../ui/code.js';
import { Dialog } from '../ui/dialog.js';

/** What verifies a webhook's requests, undefined when they are not signed. */
export function verifierOf({ secret, signing }: WebhookWithSecret): string | undefined {
  return secret ?? signing.publicKey;
}

/** Shows a secret the one time that it can be shown: only its own button closes it. */
export function SecretDialog({ webhook, onClose }: { webhook: WebhookWithSecret; onClose: () => void }) {
  const { t } = useI18n();
  const kind = webhook.secret === undefined ? 'publicKey' : 'secret';
  return (
    <Dialog
      title={t(`${kind}.title`)}
      isOpen
      isKept
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose}>
          {t(`${kind}.done`)}
        </Button>
      }
    >
      <p>{t(`${kind}.text`)}</p>
      <Code label={t(`${kind}.title`)} code={verifierOf(webhook) ?? ''} isWrapped />
    </Dialog>
  );
}
