import type { DeliveryStatus, DeliveryView } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import type { Tone } from '../ui/badge.js';
import { Badge } from '../ui/badge.js';

export const DELIVERY_STATUSES = [
  'pending',
  'succeeded',
  'exhausted',
  'held',
  'cancelled',
  'offered',
  'superseded',
] as const satisfies DeliveryStatus[];

const TONES: Record<DeliveryStatus | 'retrying', Tone> = {
  pending: 'info',
  retrying: 'warn',
  succeeded: 'good',
  exhausted: 'bad',
  held: 'warn',
  cancelled: 'quiet',
  offered: 'info',
  superseded: 'quiet',
};

/** One that failed and will be tried again is told from one that has not been tried. */
export function stateOf({ status, lastError }: DeliveryView): keyof typeof TONES {
  return status === 'pending' && lastError !== null ? 'retrying' : status;
}

/** How a delivery stands. */
export function DeliveryState({ delivery }: { delivery: DeliveryView }) {
  const { t } = useI18n();
  const state = stateOf(delivery);
  return (
    <Badge tone={TONES[state]} title={t(`state.${state}.text`)}>
      {t(`state.${state}`)}
    </Badge>
  );
}
