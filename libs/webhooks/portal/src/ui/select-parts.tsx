import { Button, ListBox, Popover, SelectValue } from 'react-aria-components';

import type { FieldTexts } from './field-parts.js';
import { FieldLabel, FieldNotes } from './field-parts.js';
import { Icon } from './icon.js';
import type { Option } from './option.js';
import { optionItem } from './option-item.js';
import styles from './options.module.css';

interface Props extends FieldTexts {
  options: readonly Option[];
}

/** What is within a select of React Aria's, whether one value is chosen or several. */
export function SelectParts({ label, hideLabel, isOptional, description, error, options }: Props) {
  return (
    <>
      <FieldLabel label={label} hideLabel={hideLabel} isOptional={isOptional} />
      <Button className={styles.trigger}>
        <SelectValue className={styles.value} />
        <Icon name="chevron" />
      </Button>
      <FieldNotes description={description} error={error} />
      <Popover className={styles.popover} offset={4}>
        <ListBox className={styles.list} items={options}>
          {optionItem}
        </ListBox>
      </Popover>
    </>
  );
}
