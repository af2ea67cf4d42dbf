import type { ReactNode } from 'react';

import styles from './badge.module.css';

export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'quiet';

/** A state in a word or two; the words say it, the colour only helps. */
export function Badge({ tone, children, title }: { tone: Tone; children: ReactNode; title?: string }) {
  return (
    <span className={styles.badge} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
