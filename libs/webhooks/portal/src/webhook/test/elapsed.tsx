import { useEffect, useState } from 'react';

import { useFormat } from '../../i18n/format.js';
import { useI18n } from '../../i18n/i18n.js';
import shared from '../webhook.module.css';
import styles from './test.module.css';

const TICK_MS = 100;

/** Counts while an answer is waited for. Only that it is being sent is heard, not each tenth of a second. */
export function Elapsed({ since }: { since: number }) {
  const { t } = useI18n();
  const { duration } = useFormat();
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className={styles.elapsed}>
      <span role="status">{t('test.sending')}</span>{' '}
      <span role="timer" aria-live="off" aria-label={t('test.elapsed')} className={shared.soft}>
        {duration(Math.max(0, Math.round((now - since) / TICK_MS) * TICK_MS))}
      </span>
    </span>
  );
}
