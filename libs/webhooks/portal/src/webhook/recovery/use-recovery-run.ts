import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import type { DeliveryFilters } from '../../api/deliveries.js';
import { recoveryPreview } from '../../api/deliveries.js';
import type { WebhookView } from '../../api/types.js';
import { webhook as webhookById } from '../../api/webhooks.js';
import { useLiveDeliveries } from '../live/use-live-deliveries.js';
import type { RecoveryFacts, RecoveryStage } from './recovery-stage.js';
import { recoveryStage } from './recovery-stage.js';

/** Only the counts are wanted. */
const FILTERS: DeliveryFilters = { status: 'pending' };
const FRESH_MS = 2_000;
/** The stream may begin with what was read just before the deliveries were made due. */
const SETTLED_MS = 2_500;

/** Follows a recovery that was started, until nothing waits any more. */
export function useRecoveryRun(
  webhook: WebhookView,
  since: string,
  recovered: number,
): { facts: RecoveryFacts; stage: RecoveryStage } {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLED_MS);
    return () => clearTimeout(timer);
  }, []);

  const { counts } = useLiveDeliveries(webhook.id, FILTERS);
  const current = useQuery({ ...webhookById(webhook.id), refetchInterval: FRESH_MS }).data ?? webhook;
  const pending = counts?.pending ?? null;
  const isSent = isSettled && pending === 0;
  // What is still to be recovered failed again.
  const after = useQuery({
    ...recoveryPreview(webhook.id, since),
    enabled: isSent,
    staleTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  });
  const isCounted = isSent && after.isFetchedAfterMount && !after.isFetching;

  const facts: RecoveryFacts = {
    recovered,
    pending,
    status: current.status,
    isFailing: current.health.failingSince !== null,
    failed: isCounted ? after.data?.failed : undefined,
  };
  return { facts, stage: recoveryStage(facts) };
}
