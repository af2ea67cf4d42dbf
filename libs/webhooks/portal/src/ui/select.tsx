import { Select as AriaSelect } from 'react-aria-components';

import field from './field.module.css';
import type { FieldTexts } from './field-parts.js';
import type { Option } from './option.js';
import { SelectParts } from './select-parts.js';

interface Props<Value extends string> extends FieldTexts {
  name?: string;
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  isDisabled?: boolean;
}

/** One of a few values. */
export function Select<Value extends string>(props: Props<Value>) {
  const { name, value, onChange, isDisabled, ...parts } = props;
  return (
    <AriaSelect
      aria-label={parts.hideLabel ? parts.label : undefined}
      value={value}
      onChange={(key) => onChange(key as Value)}
      isDisabled={isDisabled}
      isInvalid={parts.error !== undefined}
      validationBehavior="aria"
      className={field.field}
      data-field={name}
    >
      <SelectParts {...parts} />
    </AriaSelect>
  );
}
