/** What the owner of the rows sends for a route to do its work; routes that are not here need nothing. `{webhook}` is a webhook of its own. */
export const ROUTE_INPUTS: Record<string, { query?: string; body?: object }> = {
  'POST /webhooks': { body: { url: 'http://127.0.0.1:9/', eventTypes: ['booking.updated'] } },
  'PATCH /webhooks/:id': { body: { locale: 'de' } },
  'POST /webhooks/preview': { body: { eventType: 'booking.updated' } },
  'POST /webhooks/:id/recover': { body: { since: anHourAgo() } },
  'GET /webhooks/:id/recovery': { query: `since=${anHourAgo()}` },
  'GET /webhooks/statistics': { query: 'ids={webhook}' },
  'POST /octo/webhooks': { body: { url: 'http://127.0.0.1:9/', event: 'booking_update' } },
  'PATCH /octo/webhooks/:id': { body: { retryOnError: false } },
  ...Object.fromEntries(
    ['subscriptions', 'subcriptions'].flatMap((name) => [
      [
        `POST /octo/notifications/${name}`,
        { body: { url: 'http://127.0.0.1:9/', notificationTypes: ['BOOKING_UPDATE'] } },
      ],
      [`PATCH /octo/notifications/${name}/:id`, { body: { notificationTypes: ['PRODUCT_UPDATE'] } }],
    ]),
  ),
};

function anHourAgo(): string {
  return new Date(Date.now() - 3_600_000).toISOString();
}
