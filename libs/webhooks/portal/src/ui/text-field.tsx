import type { HTMLAttributes } from 'react';
import { Input, TextField as AriaTextField } from 'react-aria-components';

import styles from './field.module.css';
import type { FieldTexts } from './field-parts.js';
import { FieldLabel, FieldNotes } from './field-parts.js';

interface Props extends FieldTexts {
  /** The API's name of the field, by which it is found when its value is refused. */
  name?: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  type?: 'text' | 'url' | 'datetime-local';
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  /** For addresses, ids and code: fixed width, left to right. */
  isCode?: boolean;
  isDisabled?: boolean;
  isReadOnly?: boolean;
  autoFocus?: boolean;
}

export function TextField(props: Props) {
  const { label, hideLabel, description, error, isOptional, name, placeholder, isCode, ...field } = props;
  return (
    <AriaTextField
      {...field}
      aria-label={hideLabel ? label : undefined}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={styles.field}
      data-field={name}
    >
      <FieldLabel label={label} hideLabel={hideLabel} isOptional={isOptional} />
      <Input
        className={styles.input}
        placeholder={placeholder}
        data-mono={isCode ? true : undefined}
        dir={isCode ? 'ltr' : undefined}
        spellCheck={isCode ? false : undefined}
        autoComplete="off"
      />
      <FieldNotes description={description} error={error} />
    </AriaTextField>
  );
}
