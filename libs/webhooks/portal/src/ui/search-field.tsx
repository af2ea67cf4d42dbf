import { Button, Group, Input, SearchField as AriaSearchField } from 'react-aria-components';

import styles from './field.module.css';
import { Icon } from './icon.js';

interface Props {
  label: string;
  /** Left out inside of an autocomplete, which holds it. */
  value?: string;
  onChange?: (value: string) => void;
  placeholder?: string;
}

/** A text to look for; Escape empties it. Its label is only heard. */
export function SearchField({ label, placeholder, ...field }: Props) {
  return (
    // Enter must not send a form that it stands in.
    <AriaSearchField {...field} aria-label={label} onSubmit={() => undefined}>
      {({ isEmpty }) => (
        <Group className={styles.group} data-empty={isEmpty || undefined}>
          <Icon name="search" />
          <Input className={styles.input} placeholder={placeholder ?? label} autoComplete="off" />
          <Button className={styles.inside} data-when-filled>
            <Icon name="close" />
          </Button>
        </Group>
      )}
    </AriaSearchField>
  );
}
