import { CopyButton } from './copy.js';
import styles from './code.module.css';

interface Props {
  /** What the code is, for whoever cannot see it. */
  label: string;
  code: string;
  /** Lines are broken instead of scrolled. */
  isWrapped?: boolean;
}

/** Code to read and to copy. */
export function Code({ label, code, isWrapped }: Props) {
  return (
    <div className={styles.block}>
      <pre
        className={styles.code}
        data-wrapped={isWrapped ? true : undefined}
        tabIndex={0}
        role="group"
        aria-label={label}
        dir="ltr"
      >
        <code>{code}</code>
      </pre>
      <div className={styles.copy}>
        <CopyButton text={code} />
      </div>
    </div>
  );
}
