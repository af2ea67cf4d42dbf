import type { Problem } from '../api/problem.js';
import type { Translate } from '../i18n/messages.js';

/** A problem in the reader's language, and in the API's own words where it has some. */
export function problemText(problem: Problem, t: Translate): { title: string; detail: string } {
  const detail = problem.message;
  if (problem.status === 0) return { title: t('problem.offline'), detail: t('problem.offline.detail') };
  if (problem.status === 401) return { title: t('problem.signedOut'), detail: t('problem.signedOut.detail') };
  if (problem.status === 403) return { title: t('problem.forbidden'), detail };
  if (problem.status === 404) return { title: t('problem.notFound'), detail };
  if (problem.status === 400 || problem.status === 409) return { title: t('problem.refused'), detail };
  return { title: t('problem.server'), detail };
}
