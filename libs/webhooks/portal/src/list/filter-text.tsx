import { useEffect, useState } from 'react';

import { TextField } from '../ui/text-field.js';

const TYPED_MS = 300;

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

/** Narrows the list once nothing has been typed for a moment. */
export function FilterText({ label, placeholder, value, onChange }: Props) {
  // Null: nothing is typed that is not in force yet.
  const [typed, setTyped] = useState<string | null>(null);

  useEffect(() => {
    if (typed === null) return undefined;
    const timer = setTimeout(() => {
      onChange(typed.trim());
      setTyped(null);
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed, onChange]);

  return (
    <TextField label={label} hideLabel placeholder={placeholder} value={typed ?? value} onChange={setTyped} />
  );
}
