import { useQuery } from '@tanstack/react-query';

import { recoveryPreview } from '../../api/deliveries.js';
import type { Problem } from '../../api/problem.js';
import { fieldError } from '../../api/problem.js';
import type { WebhookView } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Notice, ProblemNotice } from '../../ui/notice.js';
import { ActivateButton } from '../activate-button.js';
import { RecoveryNumber } from './recovery-number.js';
import type { Since } from './since.js';
import { SinceField } from './since-field.js';

interface Props {
  webhook: WebhookView;
  since: Since;
  onSince: (since: Since) => void;
  onStart: (since: string) => void;
  /** Why the last try did not start. */
  problem: Problem | null;
}

/** From when on, how many that is, and the button that says so. */
export function RecoveryForm({ webhook, since, onSince, onStart, problem }: Props) {
  const { t } = useI18n();
  const { at } = since;
  const isFeed = webhook.transport === 'pull';
  const preview = useQuery({
    ...recoveryPreview(webhook.id, at ?? ''),
    enabled: at !== undefined,
    staleTime: 0,
  });
  const number = at === undefined ? undefined : preview.data;
  const refused = fieldError(preview.error, 'since');
  return (
    <>
      <SinceField webhook={webhook} since={since} onSince={onSince} error={refused} />
      {problem && <ProblemNotice problem={problem} />}
      {preview.error && refused === undefined && (
        <ProblemNotice problem={preview.error} onRetry={() => void preview.refetch()} />
      )}
      <RecoveryNumber preview={number} isCounting={at !== undefined && preview.isPending} isFeed={isFeed} />
      {webhook.status !== 'active' && (
        <Notice tone="warn" action={<ActivateButton webhook={webhook} />}>
          {t('recovery.inactive')}
        </Notice>
      )}
      {at !== undefined && number && number.deliveries > 0 && (
        <div>
          <Button
            variant="primary"
            icon="refresh"
            isDisabled={webhook.status !== 'active'}
            onPress={() => onStart(at)}
          >
            {t(isFeed ? 'feed.recovery.start' : 'recovery.start', { count: number.deliveries })}
          </Button>
        </div>
      )}
    </>
  );
}
