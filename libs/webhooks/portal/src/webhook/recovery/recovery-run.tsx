import type { WebhookView } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { ProgressBar } from '../../ui/progress-bar.js';
import { RecoveryResult } from './recovery-result.js';
import { sentSoFar } from './recovery-stage.js';
import styles from './recovery.module.css';
import { useRecoveryRun } from './use-recovery-run.js';

interface RunProps {
  webhook: WebhookView;
  since: string;
  /** Null while the server still makes deliveries due. */
  recovered: number | null;
  onAgain: () => void;
}

/** How far a recovery is, and how it ended. */
export function RecoveryRun({ recovered, ...run }: RunProps) {
  const { t } = useI18n();
  if (recovered === null) {
    return (
      <ProgressBar label={t('recovery.progress')} value={0} max={1} valueText={t('recovery.preparing')} />
    );
  }
  return <Running {...run} recovered={recovered} />;
}

function Running({ webhook, since, recovered, onAgain }: RunProps & { recovered: number }) {
  const { t } = useI18n();
  const { facts, stage } = useRecoveryRun(webhook, since, recovered);
  const done = sentSoFar(facts);
  const isOver = stage !== 'running' && stage !== 'stalled';
  return (
    <div className={styles.run}>
      {!isOver && (
        <ProgressBar
          label={t('recovery.progress')}
          value={done}
          max={recovered}
          valueText={t('recovery.left', { done, total: recovered, left: recovered - done })}
        />
      )}
      <RecoveryResult webhook={webhook} stage={stage} facts={facts} />
      {isOver && (
        <div>
          <Button onPress={onAgain}>{t('recovery.again')}</Button>
        </div>
      )}
    </div>
  );
}
