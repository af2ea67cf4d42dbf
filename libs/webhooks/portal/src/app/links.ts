/** The addresses of the portal's views. */
export const links = {
  list: '#/',
  add: '#/new',
  webhook: (id: string) => `#/webhooks/${id}`,
  deliveries: (id: string) => `#/webhooks/${id}/deliveries`,
  recovery: (id: string) => `#/webhooks/${id}/recovery`,
  edit: (id: string) => `#/webhooks/${id}/edit`,
  /** Back to the webhook's own page, not to the list. */
  editHere: (id: string) => `#/webhooks/${id}/edit?back=webhook`,
  test: (id: string) => `#/webhooks/${id}/test`,
  preview: '#/preview',
  previewOf: (as: string, eventType: string) =>
    `#/preview?${new URLSearchParams({ eventType, as }).toString()}`,
  developers: '#/developers',
};

/** The same for `navigate`, which takes what stands behind `#`. */
export function pathOf(link: string): string {
  return link.slice(1);
}
