import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { EventCatalog } from 'nestjs-booking-webhooks';
import type { Profile } from 'nestjs-booking-webhooks';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

interface Document {
  openapi: string;
  servers?: { url: string }[];
  paths: Record<string, Record<string, object>>;
  webhooks: Record<string, { post: Operation }>;
  components: { parameters: Record<string, { name: string; in: string }>; schemas: Record<string, object> };
}
interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  parameters: { $ref: string }[];
  requestBody: {
    content: { 'application/json': { schema: object; examples: Record<string, { value: object }> } };
  };
}

const VOUCHER: Profile = {
  name: 'voucher',
  formats: ['json'],
  personal: false,
  render: ({ type }) => ({ root: 'voucher', value: { type } }),
};
const DEMANDING: Profile = {
  ...VOUCHER,
  name: 'demanding',
  render: ({ data }) => ({ root: 'voucher', value: { code: (data.voucher as { code: string }).code } }),
};
const CATALOG = {
  eventTypes: [{ name: 'voucher.redeemed', label: 'Voucher redeemed', description: 'A voucher was used.' }],
  profiles: [VOUCHER, DEMANDING],
};
const VARIANTS = PLATFORMS.flatMap((platform) => [
  { platform, strict: false, path: '/webhooks', servers: undefined, prefix: '' },
  { platform, strict: true, path: '/partner/webhooks', servers: [{ url: '/api' }], prefix: '/partner' },
]);

describe.each(VARIANTS)('on $platform, at $path', ({ platform, strict, path, servers, prefix }) => {
  let host: RestHost;
  let document: Document;

  beforeAll(async () => {
    host = await RestHost.start({ platform, strict, path, catalog: CATALOG });
    const answer = await host.as(freshContract()).get(`${path}/openapi.json?x=1`).expect(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    document = answer.body;
  });
  afterAll(() => host.stop());

  const contentOf = (name: string) => document.webhooks[name]!.post.requestBody.content['application/json'];
  const resolved = (reference: string): unknown =>
    reference
      .slice('#/'.length)
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
  const validator = () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    for (const [name, schema] of Object.entries(document.components.schemas))
      ajv.addSchema(schema, `#/components/schemas/${name}`);
    return ajv;
  };

  it('it is OpenAPI 3.1 with the server that it was asked for at', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.servers).toEqual(servers);
  });

  it('there is a webhook for each event type of every dialect, the host’s own included', () => {
    const listed = host.app.get(EventCatalog).list();
    expect(Object.keys(document.webhooks)).toEqual(listed.map(({ name }) => name));
    for (const { name, dialect, label } of listed)
      expect(document.webhooks[name]!.post).toMatchObject({ tags: [dialect], summary: label });
    expect(Object.keys(document.webhooks)).toEqual(
      expect.arrayContaining(['booking_update', 'Booking Modified', 'Product Added', 'voucher.redeemed']),
    );
    const ids = Object.values(document.webhooks).map(({ post }) => post.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('every reference leads somewhere', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to!);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((to) => resolved(to) === undefined)).toEqual([]);
  });

  it('every example is accepted by the schema that it stands beside', () => {
    const ajv = validator();
    let examples = 0;
    for (const name of Object.keys(document.webhooks)) {
      const { schema, examples: ofType } = contentOf(name);
      const validate = ajv.compile(schema);
      for (const [key, { value }] of Object.entries(ofType)) {
        validate(value);
        expect([name, key, validate.errors]).toEqual([name, key, null]);
        examples += 1;
      }
    }
    expect(examples).toBeGreaterThan(100);
  });

  it('a dialect’s event type comes in the dialect’s bodies, a canonical one in all', () => {
    const profiles = (name: string) =>
      new Set(Object.keys(contentOf(name).examples).map((key) => key.split('.')[0]));
    expect(profiles('booking_update')).toEqual(new Set(['octo']));
    expect(profiles('PRODUCT_UPDATE')).toEqual(new Set(['octo-notification']));
    expect(profiles('Item Update')).toEqual(new Set(['checkfront', 'checkfront-3']));
    expect([...profiles('booking.created')]).toEqual([
      'standard',
      'octo',
      'octo-notification',
      'checkfront',
      'checkfront-3',
      'capdata',
      'delay-care',
      'voucher',
    ]);
    expect(contentOf('voucher.redeemed').examples['voucher.voucher.redeemed']).toEqual({
      value: { type: 'voucher.redeemed' },
    });
  });

  it('a profile of the host’s that cannot render a sample has no example, and every other one has', () => {
    const examples = Object.keys(contentOf('voucher.redeemed').examples);
    expect(examples).toContain('voucher.voucher.redeemed');
    expect(examples).not.toContain('demanding.voucher.redeemed');
  });

  it('CapData’s examples are of bookings that fly', () => {
    const { examples } = contentOf('new_flight_reservation_from_extension');
    expect(examples['capdata.booking.created']!.value).toMatchObject({
      event_type: 'new_flight_reservation_from_extension',
      reservation_data: [{ flight_numbers: ['SP123'] }],
    });
  });

  it('the headers of requests are told', () => {
    const names = document.webhooks.booking_update!.post.parameters.map(
      ({ $ref }) => (resolved($ref) as { name: string }).name,
    );
    expect(names).toEqual(
      expect.arrayContaining(['webhook-id', 'webhook-timestamp', 'webhook-signature', 'X-Webhook-Event']),
    );
  });

  it('every path of the REST resources is one that the application answers', async () => {
    const api = host.as('');
    const routes = Object.entries(document.paths).flatMap(([route, methods]) =>
      Object.keys(methods).map((method) => [method as 'get', route] as const),
    );
    expect(routes.length).toBe(23);
    for (const [method, route] of routes) {
      expect(route.startsWith(prefix)).toBe(true);
      // A caller without a contract is stopped at the door of a route that there is.
      const { status } = await api[method](route.replace('{id}', 'x'));
      expect([method, route, status]).toEqual([method, route, 403]);
    }
  });

  it('a caller without a contract does not get it', async () => {
    await host.as('').get(`${path}/openapi.json`).expect(403);
    await host.as('blocked').get(`${path}/openapi.json`).expect(403);
  });

  it('it is the same for everyone, and each time', async () => {
    const again = await host.as(freshContract()).get(`${path}/openapi.json`).expect(200);
    expect(again.body).toEqual(document);
  });
});
