import type { AttemptView } from '../../api/types.js';
import { useFormat } from '../../i18n/format.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Icon } from '../../ui/icon.js';
import { BodyView } from '../body-view.js';
import { failureText } from '../failure.js';
import { Moment } from '../moment.js';
import shared from '../webhook.module.css';
import styles from './attempts.module.css';

/** The newest first, which stands open. */
export function AttemptList({ attempts }: { attempts: readonly AttemptView[] }) {
  const { t } = useI18n();
  if (attempts.length === 0) return <p className={shared.soft}>{t('attempts.none')}</p>;
  return (
    <ol className={styles.attempts} reversed>
      {attempts.toReversed().map((attempt, index) => (
        <li key={attempt.number}>
          <Attempt attempt={attempt} isOpen={index === 0} />
        </li>
      ))}
    </ol>
  );
}

function Attempt({ attempt, isOpen }: { attempt: AttemptView; isOpen: boolean }) {
  const { t } = useI18n();
  const { duration } = useFormat();
  const { number, kind, startedAt, durationMs, statusCode, error, detail, responseBody } = attempt;
  return (
    <details open={isOpen} className={styles.attempt}>
      <summary className={styles.summary}>
        <Icon name="chevron" />
        <strong>{t('attempt.number', { count: number })}</strong>
        <Badge tone={error === null ? 'good' : 'bad'}>
          {error === null
            ? t('failure.status', { status: String(statusCode ?? '') })
            : failureText(error, statusCode, t)}
        </Badge>
        <span className={styles.when}>
          <Moment at={startedAt} />
        </span>
      </summary>
      <div className={styles.body}>
        <p className={shared.soft}>
          {t(`attempt.${kind}`)} · {t('attempt.took', { duration: duration(durationMs) })}
        </p>
        {detail && (
          <p lang="en" dir="ltr">
            {detail}
          </p>
        )}
        {responseBody ? (
          <BodyView label={t('attempt.response')} body={responseBody} />
        ) : (
          statusCode !== null && <p className={shared.soft}>{t('attempt.noBody')}</p>
        )}
      </div>
    </details>
  );
}
