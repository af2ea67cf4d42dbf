import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { delivery, deliveryKeys, redeliver } from '../../api/deliveries.js';
import type { WebhookView } from '../../api/types.js';
import { Problem } from '../../api/problem.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Placeholder, ProblemNotice } from '../../ui/notice.js';
import { toast } from '../../ui/toast.js';
import { useEventLabels } from '../event-labels.js';
import { DeliveryDetails } from './delivery-details.js';

const PENDING_MS = 1_500;

interface Props {
  webhook: WebhookView;
  id: string;
  /** Where another delivery stands open. */
  linkTo: (id: string) => string;
  onClose: () => void;
}

/** One delivery with its attempts, and the way to send it again. */
export function DeliveryPanel({ webhook, id, linkTo, onClose }: Props) {
  const { t } = useI18n();
  const { id: webhookId, transport } = webhook;
  const labelOf = useEventLabels();
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({
    ...delivery(id),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? PENDING_MS : false),
  });
  const redelivery = useMutation({
    mutationFn: () => redeliver(id),
    onSuccess: () => {
      toast(t('delivery.redelivered'));
      void queries.invalidateQueries({ queryKey: deliveryKeys.lists(webhookId) });
      return queries.invalidateQueries({ queryKey: deliveryKeys.one(id) });
    },
  });
  // An address may have been put together by hand.
  const isElsewhere = data !== undefined && data.webhookId !== webhookId;
  const problem = isElsewhere ? new Problem(404, 'DELIVERY_NOT_FOUND', '') : data ? null : error;
  return (
    <Dialog
      place="panel"
      title={data && !problem ? labelOf(data.eventType) : t('delivery.title')}
      isOpen
      onClose={onClose}
      actions={
        data &&
        !problem &&
        data.event &&
        transport !== 'pull' && (
          <Button icon="refresh" isPending={redelivery.isPending} onPress={() => redelivery.mutate()}>
            {t('delivery.redeliver')}
          </Button>
        )
      }
    >
      {redelivery.error && <ProblemNotice problem={redelivery.error} />}
      {problem && (
        <ProblemNotice
          problem={problem}
          onRetry={problem.status === 404 ? undefined : () => void refetch()}
        />
      )}
      {isPending && (
        <div role="status" aria-label={t('delivery.loading')}>
          <Placeholder height={160} />
        </div>
      )}
      {data && !problem && <DeliveryDetails delivery={data} linkTo={linkTo} />}
    </Dialog>
  );
}
