import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';

import { useI18n } from '../i18n/i18n.js';
import styles from './field.module.css';

/** What every field has. */
export interface FieldTexts {
  /** Seen above the field; with `hideLabel` only heard. */
  label: string;
  hideLabel?: boolean;
  description?: ReactNode;
  /** Why the value was refused; undefined when it was not. */
  error?: string;
  isOptional?: boolean;
}

/** What the API says, it says in English. */
export function ApiWords({ children }: { children: ReactNode }) {
  return (
    <span lang="en" dir="auto">
      {children}
    </span>
  );
}

export function FieldLabel({ label, hideLabel, isOptional }: FieldTexts) {
  const { t } = useI18n();
  if (hideLabel) return null;
  return (
    <Label className={styles.label}>
      {label}
      {isOptional && <span className={styles.optional}> · {t('ui.optional')}</span>}
    </Label>
  );
}

export function FieldNotes({ description, error }: Pick<FieldTexts, 'description' | 'error'>) {
  return (
    <>
      {description !== undefined && (
        <Text slot="description" className={styles.description}>
          {description}
        </Text>
      )}
      <FieldError className={styles.error}>
        <ApiWords>{error}</ApiWords>
      </FieldError>
    </>
  );
}
