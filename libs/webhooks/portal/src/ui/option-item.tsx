import { ListBoxItem } from 'react-aria-components';

import { Icon } from './icon.js';
import type { Option } from './option.js';
import styles from './options.module.css';

/** How a value is offered in a list; a list of React Aria's takes it as its children. */
export function optionItem({ value, label, description }: Option) {
  return (
    <ListBoxItem id={value} textValue={label} className={styles.option}>
      {({ isSelected }) => (
        <>
          {isSelected && <Icon name="check" />}
          <span dir="auto">{label}</span>
          {description && (
            <span className={styles.about} dir="auto">
              {description}
            </span>
          )}
        </>
      )}
    </ListBoxItem>
  );
}
