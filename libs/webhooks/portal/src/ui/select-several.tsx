import { Button, ListBox, Popover, Select, SelectValue } from 'react-aria-components';

import field from './field.module.css';
import type { FieldTexts } from './field-parts.js';
import { FieldLabel, FieldNotes } from './field-parts.js';
import { Icon } from './icon.js';
import type { Option } from './option.js';
import { optionItem } from './option-item.js';
import styles from './options.module.css';

interface Props extends FieldTexts {
  options: readonly Option[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** Stands there while none is chosen. */
  noneText: string;
}

/** Several of a few values, as small as one of them. */
export function SelectSeveral({ label, description, error, options, value, onChange, noneText }: Props) {
  return (
    <Select
      selectionMode="multiple"
      value={value}
      onChange={(keys) => onChange(keys.map(String))}
      placeholder={noneText}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={field.field}
    >
      <FieldLabel label={label} />
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
    </Select>
  );
}
