import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';

import { useI18n } from '../i18n/i18n.js';
import { IconLink } from '../ui/button.js';
import styles from './view.module.css';

interface Props {
  /** The page's title too. */
  title: string;
  /** Beside the title: a state, a count. */
  aside?: ReactNode;
  /** Below the title. */
  lead?: ReactNode;
  back?: { href: string; label: string };
  actions?: ReactNode;
  /** A form is easier to read in a narrow column. */
  isNarrow?: boolean;
  children: ReactNode;
}

let isFirstView = true;

/** One view: its heading takes the focus when it is come to, so that it is read out and the keyboard goes on from there. */
export function View({ title, aside, lead, back, actions, isNarrow, children }: Props) {
  const { t } = useI18n();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);

  useEffect(() => {
    if (isFirstView) {
      isFirstView = false;
      return;
    }
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, []);

  return (
    <main id="content" className={styles.view} data-narrow={isNarrow ? true : undefined}>
      <header className={styles.header}>
        {back && <IconLink href={back.href} label={back.label} icon="back" />}
        <div className={styles.title}>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {aside}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {lead && <div className={styles.lead}>{lead}</div>}
      {children}
    </main>
  );
}
