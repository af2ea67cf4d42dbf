import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

import { useI18n } from '../i18n/i18n.js';
import { IconButton } from './button.js';
import styles from './dialog.module.css';

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons, the one that goes on last. */
  actions?: ReactNode;
  /** `alertdialog`: asks before something that cannot be undone. @default 'dialog' */
  role?: 'dialog' | 'alertdialog';
  /** `panel`: stands at the end side and leaves the view behind it to be seen. @default 'middle' */
  place?: 'middle' | 'panel';
  /** A click beside it or Escape does not close it. */
  isKept?: boolean;
}

/** Holds the focus until it is closed, and gives it back. */
export function Dialog({ title, isOpen, onClose, children, actions, role, place = 'middle', isKept }: Props) {
  const { t } = useI18n();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={!isKept && role !== 'alertdialog'}
      isKeyboardDismissDisabled={isKept}
      className={styles.overlay}
      data-place={place}
    >
      <Modal className={styles.modal}>
        <AriaDialog role={role} className={styles.dialog}>
          <header className={styles.header}>
            <Heading slot="title">{title}</Heading>
            {!isKept && <IconButton label={t('ui.close')} icon="close" onPress={onClose} />}
          </header>
          <div className={styles.body}>{children}</div>
          {actions && <footer className={styles.footer}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
