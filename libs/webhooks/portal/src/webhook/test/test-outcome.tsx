import type { TestResult } from '../../api/types.js';
import { links } from '../../app/links.js';
import { useFormat } from '../../i18n/format.js';
import { useI18n } from '../../i18n/i18n.js';
import { ButtonLink } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { BodyView } from '../body-view.js';
import { Facts } from '../facts.js';
import { failureText } from '../failure.js';
import shared from '../webhook.module.css';
import { SentRequestView } from './sent-request-view.js';
import styles from './test.module.css';

type Attempt = TestResult['attempts'][number];

/** The verdict, then what it rests on. */
export function TestOutcome({ result }: { result: TestResult | undefined }) {
  const attempt = result?.attempts.at(-1);
  return (
    <>
      <div role="status">{result && attempt && <Verdict result={result} attempt={attempt} />}</div>
      {result && (
        <div className={styles.exchange}>
          <SentRequestView request={result.request} />
          <ResponseView attempt={attempt} />
        </div>
      )}
    </>
  );
}

function Verdict({ result, attempt }: { result: TestResult; attempt: Attempt }) {
  const { t } = useI18n();
  const format = useFormat();
  const { error, statusCode, detail } = attempt;
  const duration = format.duration(attempt.durationMs);
  const title =
    error === null
      ? t('test.passed', { status: String(statusCode ?? ''), duration })
      : t('test.failed', { failure: failureText(error, statusCode, t), duration });
  const log = `${links.deliveries(result.webhookId)}?delivery=${result.id}`;
  return (
    <Notice
      tone={error === null ? 'good' : 'warn'}
      title={title}
      action={<ButtonLink href={log}>{t('test.inLog')}</ButtonLink>}
    >
      {detail && (
        <span lang="en" data-ltr>
          {detail}
        </span>
      )}
    </Notice>
  );
}

function ResponseView({ attempt }: { attempt: Attempt | undefined }) {
  const { t } = useI18n();
  const { duration } = useFormat();
  const hasAnswer = attempt !== undefined && attempt.statusCode !== null;
  return (
    <section className={shared.section} aria-label={t('test.response')}>
      <h3>{t('test.response')}</h3>
      {!hasAnswer && <p className={shared.soft}>{t('test.noResponse')}</p>}
      {attempt && (
        <Facts
          facts={[
            [t('test.status'), attempt.statusCode !== null && String(attempt.statusCode)],
            [t('test.time'), duration(attempt.durationMs)],
          ]}
        />
      )}
      {hasAnswer &&
        (attempt.responseBody ? (
          <BodyView label={t('attempt.response')} body={attempt.responseBody} />
        ) : (
          <p className={shared.soft}>{t('attempt.noBody')}</p>
        ))}
    </section>
  );
}
