import {
  Button,
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';

import { useI18n } from '../i18n/i18n.js';
import { Icon } from './icon.js';
import styles from './toast.module.css';

interface Message {
  text: string;
  tone: 'good' | 'bad';
}

const SHOWN_MS = 6_000;
const queue = new ToastQueue<Message>({ maxVisibleToasts: 3 });

/** Says in passing what was done. What went wrong stays until it is closed. */
export function toast(text: string, tone: Message['tone'] = 'good'): void {
  queue.add({ text, tone }, tone === 'good' ? { timeout: SHOWN_MS } : undefined);
}

export function Toasts() {
  const { t } = useI18n();
  return (
    <ToastRegion queue={queue} className={styles.region}>
      {({ toast: shown }) => (
        <AriaToast toast={shown} className={styles.toast} data-tone={shown.content.tone}>
          <Icon name={shown.content.tone === 'good' ? 'check' : 'warning'} />
          <ToastContent className={styles.words}>
            <Text slot="title">{shown.content.text}</Text>
          </ToastContent>
          <Button slot="close" aria-label={t('ui.close')} className={styles.close}>
            <Icon name="close" />
          </Button>
        </AriaToast>
      )}
    </ToastRegion>
  );
}
