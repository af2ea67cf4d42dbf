import type { Problem } from '../api/problem.js';
import { useI18n } from '../i18n/i18n.js';
import { problemText } from '../ui/problem-text.js';
import { ProblemNotice } from '../ui/notice.js';
import { links } from './links.js';
import { View } from './view.js';

/** Stands in for a view whose subject cannot be shown. */
export function ProblemView({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const { t } = useI18n();
  return (
    <View title={problemText(problem, t).title} back={{ href: links.list, label: t('app.toList') }}>
      <ProblemNotice problem={problem} onRetry={problem.status === 404 ? undefined : onRetry} />
    </View>
  );
}
