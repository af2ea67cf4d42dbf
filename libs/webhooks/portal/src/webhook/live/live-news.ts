import type { DeliveryView, LiveDeliveries } from '../../api/types.js';

/** `polling`: there is no stream, so it is asked every few seconds. `over`: there is nothing to watch any more. */
export type LiveState = 'connecting' | 'live' | 'polling' | 'over';

/** Deliveries that may be new or different. */
export interface DeliveryNews {
  items: DeliveryView[];
  /** Null when they are not known. */
  counts: LiveDeliveries['counts'] | null;
}

export interface LiveListener {
  onNews: (news: DeliveryNews) => void;
  onState: (state: LiveState) => void;
}
