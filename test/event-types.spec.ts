import type { Server } from 'node:http';

import request from 'supertest';

import { Host } from './setup/host.js';

let host: Host;
const get = (query: string) => request(host.app.getHttpServer() as Server).get(`/event-types?${query}`);

beforeAll(async () => {
  host = await Host.start({
    scheduler: 'in-process',
    catalog: {
      eventTypes: [
        { name: 'voucher.redeemed', label: 'Voucher redeemed', description: 'A voucher was used.' },
      ],
    },
  });
});

afterAll(() => host.stop());

it('lists every dialect in the language that was asked for', async () => {
  const english = (await get('')).body.data as Record<string, string>[];
  const spanish = (await get('locale=es-MX')).body.data as Record<string, string>[];
  expect(spanish.map(({ name }) => name)).toEqual(english.map(({ name }) => name));
  const differing = spanish.filter(({ description }, index) => description !== english[index]?.description);
  expect(differing).toHaveLength(english.length - 1);
});

it("a host's own event type keeps its words", async () => {
  const { body } = await get('locale=ar&dialect=standard');
  expect(body.data).toContainEqual({
    name: 'voucher.redeemed',
    dialect: 'standard',
    label: 'Voucher redeemed',
    description: 'A voucher was used.',
    types: ['voucher.redeemed'],
  });
});

it('says which canonical types a name of a dialect stands for', async () => {
  const [canonical, octo] = await Promise.all([get('dialect=standard'), get('dialect=octo')]);
  const typesOf = ({ body }: typeof octo) =>
    Object.fromEntries(body.data.map(({ name, types }: Record<string, unknown>) => [name, types]));
  expect(typesOf(octo)).toMatchObject({
    booking_update: ['booking.confirmed', 'booking.updated', 'booking.cancelled'],
    order_update: ['order.updated'],
  });
  expect(Object.entries(typesOf(canonical)).every(([name, types]) => String(types) === name)).toBe(true);
});

it('refuses what is no language', async () => {
  const { status, body } = await get('locale=not_a_tag!');
  expect({ status, field: body.errors[0].field }).toEqual({ status: 400, field: 'locale' });
});
