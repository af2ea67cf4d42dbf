import { Button, ListBox, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';

import field from './field.module.css';
import type { FieldTexts } from './field-parts.js';
import { FieldLabel, FieldNotes } from './field-parts.js';
import { Icon } from './icon.js';
import type { Option } from './option.js';
import { optionItem } from './option-item.js';
import styles from './options.module.css';

interface Props<Value extends string> extends FieldTexts {
  name?: string;
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  isDisabled?: boolean;
}

/** One of a few values. */
export function Select<Value extends string>(props: Props<Value>) {
  const { label, hideLabel, description, error, isOptional, name, options, value, onChange, isDisabled } =
    props;
  return (
    <AriaSelect
      aria-label={hideLabel ? label : undefined}
      value={value}
      onChange={(key) => onChange(key as Value)}
      isDisabled={isDisabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={field.field}
      data-field={name}
    >
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
    </AriaSelect>
  );
}
