import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';

import { recover } from '../../api/deliveries.js';
import type { WebhookView } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import shared from '../webhook.module.css';
import { RecoveryForm } from './recovery-form.js';
import { RecoveryRun } from './recovery-run.js';
import styles from './recovery.module.css';
import type { Since } from './since.js';
import { sinceOf } from './since.js';

/** Sends again what a webhook missed: first how much that is, then how far it is. */
export function RecoveryTab({ webhook }: { webhook: WebhookView }) {
  const { t } = useI18n();
  const heading = useRef<HTMLHeadingElement>(null);
  const [since, setSince] = useState<Since>(() =>
    sinceOf(webhook.health.failingSince === null ? 'day' : 'failing', webhook, Date.now()),
  );
  const recovery = useMutation({ mutationFn: (at: string) => recover(webhook.id, at) });
  const isRunning = recovery.isPending || recovery.isSuccess;

  const start = (at: string) => {
    recovery.mutate(at);
    // The button that was pressed goes away.
    heading.current?.focus();
  };
  const again = () => {
    recovery.reset();
    heading.current?.focus();
  };
  return (
    <section className={styles.recovery} aria-label={t('webhook.recovery')}>
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        {t('webhook.recovery')}
      </h2>
      {isRunning ? (
        <RecoveryRun
          webhook={webhook}
          since={recovery.variables}
          recovered={recovery.data?.recovered ?? null}
          onAgain={again}
        />
      ) : (
        <>
          <p className={shared.lead}>
            {t(webhook.transport === 'pull' ? 'feed.recovery.lead' : 'recovery.lead')}
          </p>
          <RecoveryForm
            webhook={webhook}
            since={since}
            onSince={setSince}
            onStart={start}
            problem={recovery.error}
          />
        </>
      )}
    </section>
  );
}
