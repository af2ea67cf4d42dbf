import type { RefObject } from 'react';
import { useEffect } from 'react';

import type { Problem } from '../api/problem.js';

const FOCUSABLE = 'input:not([type=hidden], [tabindex="-1"]), textarea, button';

/** Moves the focus to the first field whose value was refused, in the order of the form. */
export function useFocusRefused(form: RefObject<HTMLFormElement | null>, problem: Problem | null): void {
  useEffect(() => {
    if (!problem) return undefined;
    // A frame later: what was hidden behind "More" is shown by then.
    const frame = requestAnimationFrame(() => {
      const refused = problem.fields.map(({ field }) => field.split('.', 1)[0]);
      const fields = form.current?.querySelectorAll<HTMLElement>('[data-field]') ?? [];
      const first = [...fields].find(({ dataset }) => refused.includes(dataset.field?.split('.', 1)[0]));
      first?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [form, problem]);
}
