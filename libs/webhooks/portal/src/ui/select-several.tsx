import { Select } from 'react-aria-components';

import field from './field.module.css';
import type { FieldTexts } from './field-parts.js';
import type { Option } from './option.js';
import { SelectParts } from './select-parts.js';

interface Props extends FieldTexts {
  options: readonly Option[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** Stands there while none is chosen. */
  noneText: string;
}

/** Several of a few values, as small as one of them. */
export function SelectSeveral({ value, onChange, noneText, ...parts }: Props) {
  return (
    <Select
      selectionMode="multiple"
      value={value}
      onChange={(keys) => onChange(keys.map(String))}
      placeholder={noneText}
      isInvalid={parts.error !== undefined}
      validationBehavior="aria"
      className={field.field}
    >
      <SelectParts {...parts} />
    </Select>
  );
}
