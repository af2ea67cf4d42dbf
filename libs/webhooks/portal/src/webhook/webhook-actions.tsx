import { useState } from 'react';

import type { WebhookView } from '../api/types.js';
import { navigate } from '../app/hash-location.js';
import { links, pathOf } from '../app/links.js';
import { listPlace } from '../app/list-place.js';
import { useI18n } from '../i18n/i18n.js';
import { Button, ButtonLink } from '../ui/button.js';
import { Menu } from '../ui/menu.js';
import { DeleteDialog } from '../webhook-parts/delete-dialog.js';
import { RotateDialog } from '../webhook-parts/rotate-dialog.js';
import { ActivateButton } from './activate-button.js';
import { DeactivateDialog } from './deactivate-dialog.js';

type Asked = 'deactivate' | 'rotate' | 'delete';

/** What can be done with a webhook; what has consequences asks first. */
export function WebhookActions({ webhook }: { webhook: WebhookView }) {
  const { t } = useI18n();
  const [asked, setAsked] = useState<Asked | null>(null);
  const onClose = () => setAsked(null);
  const hasSecret = webhook.signing.scheme !== 'none';
  return (
    <>
      {webhook.status === 'active' ? (
        <Button icon="pause" onPress={() => setAsked('deactivate')}>
          {t('webhook.deactivate')}
        </Button>
      ) : (
        <ActivateButton webhook={webhook} />
      )}
      <ButtonLink icon="edit" href={links.editHere(webhook.id)}>
        {t('webhook.edit')}
      </ButtonLink>
      <Menu
        label={t('webhook.more')}
        actions={[
          ...(hasSecret
            ? [
                {
                  id: 'rotate',
                  label: t('webhook.rotate'),
                  icon: 'key' as const,
                  onPress: () => setAsked('rotate'),
                },
              ]
            : []),
          {
            id: 'delete',
            label: t('webhook.delete'),
            icon: 'trash',
            tone: 'bad',
            onPress: () => setAsked('delete'),
          },
        ]}
      />
      {asked === 'deactivate' && <DeactivateDialog webhook={webhook} onClose={onClose} />}
      {asked === 'rotate' && <RotateDialog webhook={webhook} onClose={onClose} />}
      {asked === 'delete' && (
        <DeleteDialog
          webhook={webhook}
          onClose={onClose}
          onDeleted={() => navigate(pathOf(listPlace().link))}
        />
      )}
    </>
  );
}
