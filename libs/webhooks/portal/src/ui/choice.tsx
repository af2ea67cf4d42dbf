import { Radio, RadioGroup } from 'react-aria-components';

import field from './field.module.css';
import type { FieldTexts } from './field-parts.js';
import { FieldLabel, FieldNotes } from './field-parts.js';
import type { Option } from './option.js';
import styles from './switch.module.css';

interface Props<Value extends string> extends FieldTexts {
  name?: string;
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of two or three values, all of them seen. */
export function Choice<Value extends string>(props: Props<Value>) {
  const { label, hideLabel, description, error, name, options, value, onChange } = props;
  return (
    <RadioGroup
      aria-label={hideLabel ? label : undefined}
      value={value}
      onChange={(next) => onChange(next as Value)}
      orientation="horizontal"
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={field.field}
      data-field={name}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <div className={styles.segments}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={styles.segment}>
            {option.label}
          </Radio>
        ))}
      </div>
      <FieldNotes description={description} error={error} />
    </RadioGroup>
  );
}
