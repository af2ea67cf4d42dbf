import { useId } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';

import field from './field.module.css';
import styles from './switch.module.css';

interface Props {
  name?: string;
  label: string;
  description?: string;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean;
}

/** On or off, in force at once or with the form it is in. */
export function Switch({ name, label, description, ...props }: Props) {
  const id = useId();
  return (
    <div className={field.field} data-field={name}>
      <AriaSwitch {...props} className={styles.switch} aria-describedby={description ? id : undefined}>
        <span className={styles.track} />
        <span className={styles.label}>{label}</span>
      </AriaSwitch>
      {description && (
        <span id={id} className={styles.description}>
          {description}
        </span>
      )}
    </div>
  );
}
