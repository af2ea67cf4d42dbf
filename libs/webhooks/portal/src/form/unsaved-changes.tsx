import { useEffect, useState } from 'react';

import { keepHere } from '../app/hash-location.js';
import { useI18n } from '../i18n/i18n.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';

/** Stands within what may be lost: asks before another view is gone to, and has the browser ask before the page is left. */
export function UnsavedChanges() {
  const { t } = useI18n();
  const [leave, setLeave] = useState<(() => void) | null>(null);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    keepHere((go) => setLeave(() => go));
    window.addEventListener('beforeunload', warn);
    return () => {
      keepHere(null);
      window.removeEventListener('beforeunload', warn);
    };
  }, []);

  if (!leave) return null;
  return (
    <ConfirmDialog
      title={t('unsaved.title')}
      confirm={t('unsaved.leave')}
      cancel={t('unsaved.stay')}
      onConfirm={leave}
      onClose={() => setLeave(null)}
    >
      <p>{t('unsaved.text')}</p>
    </ConfirmDialog>
  );
}
