import type { Locator, Page } from 'playwright-core';

/** A view of a webhook's own, of one that has deliveries. */
export interface ViewedWebhook {
  id: string;
  url: string;
  deliveryId: string;
  /** One whose events are fetched, with an event in its feed. */
  fetched: { id: string; deliveryId: string };
}

export interface View {
  name: string;
  address: (webhook: ViewedWebhook) => string;
  /** What there is to see once the view has all that it shows. */
  sign: (page: Page) => Locator;
  /** What is done before it is looked at. */
  prepare?: (page: Page) => Promise<void>;
}

/** Every view of the portal, each with something in it. */
export const VIEWS: View[] = [
  {
    name: 'table',
    address: () => '/',
    sign: (page) => page.getByRole('img', { name: /in the last 24 hours/ }).first(),
  },
  {
    name: 'empty table',
    address: () => '/?url=nowhere',
    sign: (page) => page.getByText('No webhook matches'),
  },
  {
    name: 'form',
    address: () => '/new',
    sign: (page) => page.getByRole('option', { name: /^Product Added/ }),
    prepare: (page) => page.getByRole('button', { name: 'More', exact: true }).click(),
  },
  {
    name: 'filled form',
    address: ({ id }) => `/webhooks/${id}/edit`,
    sign: (page) => page.getByRole('option', { selected: true }).first(),
  },
  {
    name: 'webhook',
    address: ({ id }) => `/webhooks/${id}`,
    sign: (page) =>
      page
        .getByRole('region', { name: 'Latest deliveries' })
        .getByRole('link', { name: /Booking/ })
        .first(),
  },
  {
    name: 'deliveries',
    address: ({ id }) => `/webhooks/${id}/deliveries`,
    sign: (page) => page.getByRole('link', { name: /^Delivery of / }).first(),
  },
  {
    name: 'delivery',
    address: ({ id, deliveryId }) => `/webhooks/${id}/deliveries?delivery=${deliveryId}`,
    prepare: (page) => page.getByRole('dialog').getByText('Request body').click(),
    sign: (page) => page.getByRole('dialog').getByRole('group', { name: 'Request body' }),
  },
  {
    name: 'fetched webhook',
    address: ({ fetched }) => `/webhooks/${fetched.id}`,
    sign: (page) => page.getByRole('region', { name: 'Feed' }),
  },
  {
    name: 'form of a fetched webhook',
    address: ({ fetched }) => `/webhooks/${fetched.id}/edit`,
    sign: (page) => page.getByRole('button', { name: 'Pull Transport' }),
    prepare: (page) => page.getByRole('button', { name: 'More', exact: true }).click(),
  },
  {
    name: 'delivery in a feed',
    address: ({ fetched }) => `/webhooks/${fetched.id}/deliveries?delivery=${fetched.deliveryId}`,
    sign: (page) => page.getByRole('dialog').getByText(/^Nothing is sent: /),
  },
  {
    name: 'recovery',
    address: ({ id }) => `/webhooks/${id}/recovery`,
    sign: (page) => page.getByText(/Nothing to recover|will be sent/),
  },
  {
    name: 'test',
    address: ({ id }) => `/webhooks/${id}/test`,
    sign: (page) => page.getByRole('region', { name: 'Response' }),
    prepare: (page) => page.getByRole('button', { name: 'Send test' }).click(),
  },
  {
    name: 'preview',
    address: () => '/preview',
    sign: (page) => page.getByRole('region', { name: 'Body 2' }).locator('pre'),
  },
  {
    name: 'developers',
    address: () => '/developers',
    sign: (page) => page.getByRole('link', { name: 'Download OpenAPI' }),
  },
  {
    name: 'nothing',
    address: () => '/nowhere',
    sign: (page) => page.getByRole('heading', { name: 'There is no such page' }),
  },
];
