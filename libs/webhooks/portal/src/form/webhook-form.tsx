import { useRef, useState } from 'react';

import type { Problem } from '../api/problem.js';
import { fieldError } from '../api/problem.js';
import type { WebhookView } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { Button, ButtonLink } from '../ui/button.js';
import { More } from '../ui/more.js';
import { Notice, ProblemNotice } from '../ui/notice.js';
import { Basics } from './basics.js';
import { BodySection } from './body-section.js';
import type { Fields } from './fields.js';
import type { FormValues } from './form-values.js';
import styles from './form.module.css';
import { NarrowSection } from './narrow-section.js';
import { PaceSection } from './pace-section.js';
import { RequestSection } from './request-section.js';
import { UnsavedChanges } from './unsaved-changes.js';
import { useFocusRefused } from './use-focus-refused.js';

const BASICS = ['contractId', 'url', 'eventTypes', 'status'];

interface Props {
  /** What it begins with. */
  initial: FormValues;
  webhook: WebhookView | null;
  problem: Problem | null;
  isSaving: boolean;
  isSaved: boolean;
  onSave: (values: FormValues) => void;
  cancelLink: string;
}

/** The same fields for a new webhook and one that is changed. */
export function WebhookForm({ initial, webhook, problem, isSaving, isSaved, onSave, cancelLink }: Props) {
  const { t } = useI18n();
  const form = useRef<HTMLFormElement>(null);
  const [first] = useState(initial);
  const [values, setValues] = useState(first);
  const [isMore, setMore] = useState(false);
  const [answered, setAnswered] = useState(problem);
  useFocusRefused(form, problem);

  // A refused field must not stay behind "More".
  if (problem !== answered) {
    setAnswered(problem);
    if (problem?.fields.some(({ field }) => !BASICS.includes(field))) setMore(true);
  }

  const isChanged = JSON.stringify(values) !== JSON.stringify(first);
  const fields: Fields = {
    values,
    change: (changes) => setValues((before) => ({ ...before, ...changes })),
    errorOf: (field) => fieldError(problem, field),
    webhook,
  };
  return (
    <form
      ref={form}
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(values);
      }}
    >
      {isChanged && !isSaved && <UnsavedChanges />}
      <Refusal problem={problem} />
      <Basics {...fields} />
      <More title={t('form.more')} isOpen={isMore} onToggle={setMore}>
        <BodySection {...fields} />
        <NarrowSection {...fields} />
        <RequestSection {...fields} />
        <PaceSection {...fields} />
      </More>
      <div className={styles.actions}>
        <Button type="submit" variant="primary" isPending={isSaving}>
          {t('form.save')}
        </Button>
        <ButtonLink variant="ghost" href={cancelLink}>
          {t('ui.cancel')}
        </ButtonLink>
      </div>
    </form>
  );
}

function Refusal({ problem }: { problem: Problem | null }) {
  const { t } = useI18n();
  if (!problem) return null;
  if (problem.fields.length === 0) return <ProblemNotice problem={problem} />;
  return <Notice tone="bad" title={t('form.refused', { count: problem.fields.length })} />;
}
