import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';

import { Icon } from './icon.js';
import styles from './options.module.css';

interface Props {
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  children: ReactNode;
}

export function Checkbox({ children, ...props }: Props) {
  return (
    <AriaCheckbox {...props} className={styles.checkbox}>
      <span className={styles.mark}>
        <Icon name="check" size={12} />
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  );
}
