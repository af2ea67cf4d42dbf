import type { Problem } from '../api/problem.js';
import { useI18n } from '../i18n/i18n.js';
import { Notice, Retry } from '../ui/notice.js';
import { problemText } from '../ui/problem-text.js';
import { links } from './links.js';
import { View } from './view.js';

/** Stands in for a view whose subject cannot be shown. */
export function ProblemView({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const { t } = useI18n();
  const { title, detail } = problemText(problem, t);
  return (
    <View title={title} back={{ href: links.list, label: t('app.toList') }}>
      <Notice tone="bad" action={<Retry problem={problem} onRetry={onRetry} />}>
        {detail}
      </Notice>
    </View>
  );
}
