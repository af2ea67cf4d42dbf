import styles from './button.module.css';
import type { IconName } from './icon.js';
import { Icon } from './icon.js';

interface Look {
  /** Its name, and what is seen when the pointer rests on it. */
  label: string;
  icon: IconName;
}

/** An icon that goes somewhere. As light as can be: a table that is scrolled makes hundreds of them. */
export function RowLink({ label, icon, href }: Look & { href: string }) {
  return (
    <a
      href={href}
      aria-label={label}
      title={label}
      className={styles.button}
      data-variant="ghost"
      data-square
    >
      <Icon name={icon} />
    </a>
  );
}

/** An icon that does something, as light as {@link RowLink}. */
export function RowButton({ label, icon, onPress }: Look & { onPress: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={styles.button}
      data-variant="ghost"
      data-square
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
