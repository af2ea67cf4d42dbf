import { useState } from 'react';

import { ComboBox } from '../ui/combo-box.js';
import type { Option } from '../ui/option.js';

interface Props {
  label: string;
  placeholder: string;
  options: readonly Option[];
  /** Empty for all. */
  value: string;
  onChange: (value: string) => void;
  /** Told what is typed, when the options are searched for elsewhere. */
  onSearch?: (text: string) => void;
}

/** Narrows the list to one of many values; an empty field stands for all of them. */
export function FilterChoice({ label, placeholder, options, value, onChange, onSearch }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = options.find((option) => option.value === value)?.label ?? value;
  return (
    <ComboBox
      label={label}
      hideLabel
      placeholder={placeholder}
      options={options}
      isSearched={onSearch !== undefined}
      text={typed ?? chosen}
      onTextChange={(text) => {
        setTyped(text === chosen ? null : text);
        onSearch?.(text);
        if (text === '' && value !== '') onChange('');
      }}
      onChoose={(next) => {
        setTyped(null);
        onChange(next);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
