import type { ReactNode } from 'react';

import type { Problem } from '../api/problem.js';
import { useI18n } from '../i18n/i18n.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { ProblemNotice } from './notice.js';

interface Props {
  title: string;
  /** What is lost, or what comes of it. */
  children: ReactNode;
  /** The words of the button that goes on. */
  confirm: string;
  /** Of the button that does not. @default 'Cancel', in the reader's language */
  cancel?: string;
  /** Whether what it does can be taken back. @default false */
  isHarmless?: boolean;
  isPending?: boolean;
  /** Why it was not done. */
  problem?: Problem | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before it is done; the focus is on the button that does nothing. */
export function ConfirmDialog(props: Props) {
  const { t } = useI18n();
  const { title, children, confirm, isHarmless, isPending, problem, onConfirm, onClose } = props;
  return (
    <Dialog
      role="alertdialog"
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {props.cancel ?? t('ui.cancel')}
          </Button>
          <Button variant={isHarmless ? 'primary' : 'danger'} isPending={isPending} onPress={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      {children}
    </Dialog>
  );
}
