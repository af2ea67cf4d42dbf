/** A way of sending webhooks: its two kinds of processes, and how its rows are read. */
export interface Contender {
  name: 'ours' | 'plain';
  /** Whether a delivery is not recorded yet. */
  unsettled: string;
  /** Deliveries, those that succeeded, their attempts, and the bookings whose changes were published. */
  tally: string;
}

/** Sorts behind every webhook's id: the lane of a receiver whose backlog is not waited for. */
export const DEAD_WEBHOOK = 'ffffffff-ffff-7fff-bfff-ffffffffffff';

export const OURS: Contender = {
  name: 'ours',
  unsettled: `SELECT EXISTS (SELECT FROM webhook_event WHERE fanned_out_at IS NULL)
    OR EXISTS (SELECT FROM webhook_delivery WHERE due_at IS NOT NULL AND webhook_id < '${DEAD_WEBHOOK}') AS unsettled`,
  tally: `SELECT COUNT(*)::int AS deliveries, COUNT(*) FILTER (WHERE status = 'succeeded')::int AS succeeded,
      (SELECT COUNT(*) FROM webhook_attempt WHERE status_code = 200 AND delivery_id IN
        (SELECT id FROM webhook_delivery WHERE contract_id LIKE 'C-%'))::int AS attempts,
      (SELECT COUNT(*) FROM booking)::int AS bookings
    FROM webhook_delivery WHERE contract_id LIKE 'C-%'`,
};

export const PLAIN: Contender = {
  name: 'plain',
  unsettled: `SELECT EXISTS (SELECT FROM plain_delivery WHERE status = 'pending') AS unsettled`,
  tally: `SELECT COUNT(*)::int AS deliveries, COUNT(*) FILTER (WHERE status = 'succeeded')::int AS succeeded,
      (SELECT COUNT(*) FROM plain_attempt WHERE "statusCode" = 200)::int AS attempts,
      (SELECT COUNT(*) FROM booking)::int AS bookings
    FROM plain_delivery`,
};
