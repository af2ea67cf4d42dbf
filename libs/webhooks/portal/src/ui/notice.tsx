import type { ReactNode } from 'react';

import type { Problem } from '../api/problem.js';
import { mayPass } from '../api/problem.js';
import { useI18n } from '../i18n/i18n.js';
import { Button } from './button.js';
import type { IconName } from './icon.js';
import { Icon } from './icon.js';
import styles from './notice.module.css';
import { problemText } from './problem-text.js';

interface NoticeProps {
  tone: 'bad' | 'warn' | 'info' | 'good';
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
}

const ICONS: Record<NoticeProps['tone'], IconName> = {
  bad: 'warning',
  warn: 'warning',
  info: 'info',
  good: 'check',
};

/** Something to know about what stands below it. */
export function Notice({ tone, title, children, action }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={ICONS[tone]} />
      <div className={styles.words}>
        {title && <strong>{title}</strong>}
        {children && <div dir="auto">{children}</div>}
      </div>
      {action}
    </div>
  );
}

/** What went wrong, and another try where one may help. */
export function ProblemNotice({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const { t } = useI18n();
  const { title, detail } = problemText(problem, t);
  return (
    <Notice tone="bad" title={title} action={<Retry problem={problem} onRetry={onRetry} />}>
      {detail}
    </Notice>
  );
}

/** Who was signed out may be signed in again by now. */
export function Retry({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const { t } = useI18n();
  if (!onRetry || !(mayPass(problem) || problem.status === 401)) return null;
  return (
    <Button icon="refresh" onPress={onRetry}>
      {t('ui.retry')}
    </Button>
  );
}

/** There is nothing here, and what to do about it. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <strong>{title}</strong>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

/** Holds the place of a text that is on its way. */
export function Placeholder({ width = '100%', height = 14 }: { width?: number | string; height?: number }) {
  return <span className={styles.placeholder} style={{ inlineSize: width, blockSize: height }} />;
}
