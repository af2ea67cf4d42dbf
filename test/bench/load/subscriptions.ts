/** Who is subscribed: `webhooks` of them, in contracts of `perContract`, spread over the receivers' ports. */
export interface Subscriptions {
  webhooks: number;
  perContract: number;
  /** Contracts whose bookings change. @default all of them */
  busyContracts?: number;
  ports: number[];
}

export function busyContracts(subscriptions: Subscriptions): number {
  return subscriptions.busyContracts ?? subscriptions.webhooks / subscriptions.perContract;
}

export function contractId(index: number): string {
  return `C-${index}`;
}
