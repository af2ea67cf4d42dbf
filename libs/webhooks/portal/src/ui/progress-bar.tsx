import { Label, ProgressBar as AriaProgressBar } from 'react-aria-components';

import styles from './progress-bar.module.css';

interface Props {
  label: string;
  value: number;
  max: number;
  /** What is said of the value instead of a percentage. */
  valueText?: string;
}

export function ProgressBar({ label, value, max, valueText }: Props) {
  return (
    <AriaProgressBar
      value={value}
      maxValue={Math.max(max, 1)}
      valueLabel={valueText}
      className={styles.progress}
    >
      {({ percentage = 0, valueText: said }) => (
        <>
          <Label>{label}</Label>
          <span className={styles.value}>{said}</span>
          <div className={styles.track}>
            <div className={styles.bar} style={{ inlineSize: `${percentage}%` }} />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}
