import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';

import { Icon } from './icon.js';
import styles from './more.module.css';

interface Props {
  title: string;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
  children: ReactNode;
}

/** What most do not need, behind its title. */
export function More({ title, isOpen, onToggle, children }: Props) {
  return (
    <Disclosure isExpanded={isOpen} onExpandedChange={onToggle} className={styles.more}>
      <Heading level={2} className={styles.heading}>
        <Button slot="trigger" className={styles.trigger}>
          <Icon name="chevron" />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className={styles.panel}>{children}</DisclosurePanel>
    </Disclosure>
  );
}
