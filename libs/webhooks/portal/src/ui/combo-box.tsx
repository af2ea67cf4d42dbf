import { Button, ComboBox as AriaComboBox, Group, Input, ListBox, Popover } from 'react-aria-components';

import field from './field.module.css';
import type { FieldTexts } from './field-parts.js';
import { FieldLabel, FieldNotes } from './field-parts.js';
import { Icon } from './icon.js';
import type { Option } from './option.js';
import { optionItem } from './option-item.js';
import styles from './options.module.css';

interface Props extends FieldTexts {
  name?: string;
  options: readonly Option[];
  /** What stands in the field. */
  text: string;
  onTextChange: (text: string) => void;
  /** Told when an option is chosen. */
  onChoose?: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  /** The options were searched for already. */
  isSearched?: boolean;
  emptyText?: string;
}

/** A text that may be one of many known ones, which are searched as it is typed. */
export function ComboBox(props: Props) {
  const { label, hideLabel, description, error, isOptional, name, options, text, onTextChange } = props;
  const { onChoose, onBlur, placeholder, isSearched, emptyText } = props;
  return (
    <AriaComboBox
      aria-label={hideLabel ? label : undefined}
      items={isSearched ? options : undefined}
      defaultItems={isSearched ? undefined : options}
      inputValue={text}
      onInputChange={onTextChange}
      onChange={(key) => {
        if (key !== null) onChoose?.(String(key));
      }}
      onBlur={onBlur}
      allowsCustomValue
      allowsEmptyCollection={emptyText !== undefined}
      menuTrigger="focus"
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={field.field}
      data-field={name}
    >
      <FieldLabel label={label} hideLabel={hideLabel} isOptional={isOptional} />
      <Group className={field.group}>
        <Input className={field.input} placeholder={placeholder} spellCheck={false} />
        <Button className={field.inside}>
          <Icon name="chevron" />
        </Button>
      </Group>
      <FieldNotes description={description} error={error} />
      <Popover className={styles.popover} offset={4}>
        <ListBox<Option>
          className={styles.list}
          renderEmptyState={() => <div className={styles.none}>{emptyText}</div>}
        >
          {optionItem}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
