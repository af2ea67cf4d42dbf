/** An event and a webhook that gets it. */
export interface Pair {
  /** The delivery's. */
  id: string;
  event_id: string;
  webhook_id: string;
  /** Absent for the webhooks, most of them, that want no order. */
  ordered?: true;
  /** Present for a webhook to which nothing is sent. */
  offered?: true;
  /** Present for an event that waits for a newer one about its resource. */
  wait_ms?: number;
}
