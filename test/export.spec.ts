import { Webhook, WebhookExport } from 'nestjs-booking-webhooks';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import readExcelFile from 'read-excel-file/node';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';
import { until } from './setup/until.js';

const HEADING = ['Contract', 'URL', 'Event Type', 'Status'];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe.each(PLATFORMS)('on %s', (platform) => {
  let host: RestHost;
  let contract: string;

  beforeAll(async () => {
    host = await RestHost.start({ platform });
  });
  afterAll(() => host.stop());
  beforeEach(() => {
    contract = freshContract();
  });

  const create = async (fields: object = {}): Promise<string> => {
    const body = { url: 'https://partner.example/', eventTypes: ['*'], ...fields };
    return (await host.as(contract).post('/webhooks').send(body).expect(201)).body.id;
  };
  const binary = (path: string, as = contract) =>
    host
      .as(as)
      .get(path)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        (response as unknown as Readable)
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => done(null, Buffer.concat(chunks)));
      });
  /** The rows as a reader of spreadsheets that is not ours sees them. */
  const excel = async (query = ''): Promise<unknown[][]> => {
    const { body } = await binary(`/webhooks/export.xlsx${query}`).expect(200);
    const [sheet] = await readExcelFile(body as Buffer);
    return sheet!.data;
  };
  const csv = async (query = '') =>
    (await host.as(contract).get(`/webhooks/export.csv${query}`).expect(200)).text;
  /** Past the registry, which would not let such rows in. */
  const store = async (fields: Record<string, unknown>, count = 1): Promise<void> => {
    const like = await create();
    await host.dataSource.query(
      `INSERT INTO webhook SELECT row.* FROM webhook, generate_series(1, $2::int) AS n,
         jsonb_populate_record(webhook, jsonb_build_object('id', gen_random_uuid(),
           'created_at', n, 'url', 'https://partner-' || n || '.example/webhooks') || $1::jsonb) AS row
       WHERE webhook.id = $3`,
      [JSON.stringify(fields), count, like],
    );
    await host.dataSource.manager.delete(Webhook, { id: like });
  };

  it('the workbook has the four columns, and a row for each webhook', async () => {
    await create({ url: 'https://one.example/', eventTypes: ['booking.*', 'product.added'] });
    await create({ url: 'https://two.example/', status: 'inactive' });
    const off = await create({ url: 'https://three.example/' });
    await host.dataSource.manager.update(
      Webhook,
      { id: off },
      { status: 'disabled', disabledReason: 'gone' },
    );
    expect(await excel('?sort=createdAt')).toEqual([
      HEADING,
      [contract, 'https://one.example/', 'booking.*, product.added', 'Active'],
      [contract, 'https://two.example/', '*', 'Inactive'],
      [contract, 'https://three.example/', '*', 'Inactive'],
    ]);
  });

  it('the comma-separated values are the same rows', async () => {
    await create({ url: 'https://one.example/', eventTypes: ['booking.*', 'product.added'] });
    expect(await csv()).toBe(
      `Contract,URL,Event Type,Status\r\n${contract},https://one.example/,"booking.*, product.added",Active\r\n`,
    );
  });

  it.each([
    ['xlsx', XLSX],
    ['csv', 'text/csv; charset=utf-8'],
  ])(
    'the %s is an attachment named after the minute, in the time zone that was asked for',
    async (as, type) => {
      const nameIn = async (query: string) => {
        const { headers } = await binary(`/webhooks/export.${as}${query}`).expect(200);
        expect(headers['content-type']).toBe(type);
        expect(headers['cache-control']).toBe('no-store');
        return String(headers['content-disposition']);
      };
      const name = new RegExp(
        `^attachment; filename="Webhooks_(\\d{2})(\\d{2})(\\d{4})_(\\d{2})(\\d{2})\\.${as}"$`,
      );
      const [, day, month, year, hour, minute] = name.exec(await nameIn('')) ?? [];
      const told = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
      expect(Math.abs(Date.now() - told)).toBeLessThan(120_000);
      expect(await nameIn('?timeZone=Asia/Kathmandu')).not.toContain(`_${hour}${minute}.`);
    },
  );

  it('it holds what a list with the same filters and sort holds on all its pages', async () => {
    for (let index = 0; index < 7; index += 1) {
      const status = index % 3 === 0 ? 'inactive' : 'active';
      await create({ url: `https://partner.example/${index % 4}/${index}`, status });
    }
    for (const query of [
      'sort=url',
      'sort=-url&status=active',
      'status=inactive&url=PARTNER',
      'url=nowhere',
    ]) {
      const { data } = (await host.as(contract).get(`/webhooks?limit=200&${query}`).expect(200)).body;
      const urls = data.map(({ url }: { url: string }) => url);
      const rows = await excel(`?${query}`);
      expect([query, rows.slice(1).map(([, url]) => url)]).toEqual([query, urls]);
    }
  });

  it('rows that are equal in the sorted column are neither skipped nor repeated between the pages underneath', async () => {
    await store({ created_at: 5, url: 'https://same.example/' }, 6_000);
    const rows = await csv('?sort=url');
    expect(rows.trimEnd().split('\r\n')).toHaveLength(6_001);
  });

  it('credentials are masked', async () => {
    await create({ url: 'https://user:pa55word@one.example/?token=t0ken&page=2' });
    const [, row] = await excel();
    expect(row?.[1]).toBe('https://***:***@one.example/?token=***&page=2');
    expect(await csv()).not.toMatch(/pa55word|t0ken/);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', "=cmd|' /C calc'!A0"])(
    'a cell that begins like the formula %j is text',
    async (start) => {
      const contractId = `${start}${contract}`.slice(0, 64);
      await store({ contract_id: contractId, url: 'https://formula.example/' });
      const { body } = await binary('/webhooks/export.xlsx?url=formula.example', '*').expect(200);
      const [sheet] = await readExcelFile(body as Buffer);
      const found = sheet!.data.map(([cell]) => cell);
      // The reader trims what it shows.
      expect(found).toContain(contractId.trim());
      const { text } = await host
        .as('*')
        .get('/webhooks/export.csv')
        .query({ url: 'formula.example' })
        .expect(200);
      const quote = /[\r\n]/.test(contractId) ? '"' : '';
      expect(text).toContain(`\r\n${quote}'${contractId}${quote},`);
      await host.dataSource.manager.delete(Webhook, { contractId });
    },
  );

  it('any text comes back from the workbook as it was stored', async () => {
    const contractId = `<a href="x">&amp; é 漢 😀 _x0041_ ]]> \x01\t\n.`;
    await store({ contract_id: contractId });
    const { body } = await binary('/webhooks/export.xlsx', '*').query({ contractId }).expect(200);
    const [sheet] = await readExcelFile(body as Buffer);
    expect(sheet!.data[1]?.[0]).toBe(contractId);
    await host.dataSource.manager.delete(Webhook, { contractId });
  });

  it('no webhooks are a heading alone', async () => {
    expect(await excel()).toEqual([HEADING]);
  });

  it.each([
    ['limit=5', 'limit', /is not a field/, /./],
    ['cursor=x', 'cursor', /is not a field/, /./],
    ['sort=secret', 'sort', /'secret' is not available/, /'-createdAt'/],
    ['status=deleted', 'status', /'deleted' is not available/, /'inactive'/],
    ['timeZone=Mars/Olympus', 'timeZone', /'Mars\/Olympus' is not a time zone/, /'Europe\/Madrid'/],
    ['timeZone=', 'timeZone', /'' is not a time zone/, /'UTC'/],
    ['timeZone=UTC&timeZone=UTC', 'timeZone', /a list is not a text/, /'UTC'/],
    ['timeZone=%00', 'timeZone', /NUL/, /well-formed/],
    ['timezone=UTC', 'timezone', /is not a field/, /did you mean 'timeZone'/],
  ])('%s is refused, as either file', async (query, field, reason, expected) => {
    for (const file of ['export.xlsx', 'export.csv']) {
      const { body } = await host.as(contract).get(`/webhooks/${file}?${query}`).expect(400);
      expect(body.errors).toEqual([
        { field, reason: expect.stringMatching(reason), expected: expect.stringMatching(expected) },
      ]);
    }
  });

  describe('of 100,000 webhooks', () => {
    const PAGES = 21;
    let server: string;

    beforeAll(async () => {
      contract = freshContract();
      await store({}, 100_000);
      await host.app.listen(0, '127.0.0.1');
      const { port } = host.app.getHttpServer().address() as AddressInfo;
      server = `http://127.0.0.1:${port}`;
    }, 120_000);

    let ofMany: string;
    beforeAll(() => (ofMany = contract));
    const ask = async (file: string): Promise<[http.ClientRequest, http.IncomingMessage]> => {
      const request = http.get(`${server}/webhooks/${file}`, {
        headers: { 'x-contract': ofMany },
        // A connection that was kept may have been given up while a workbook was read.
        agent: false,
      });
      const [response] = (await once(request, 'response')) as [http.IncomingMessage];
      return [request, response];
    };
    /** Reads it all; what is kept in the heap on the way is measured after a collection each time. */
    const read = async (file: string): Promise<Buffer> => {
      const [, response] = await ask(file);
      const before = collected();
      const chunks: Buffer[] = [];
      let most = 0;
      for await (const chunk of response as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        if (chunks.length % 20 === 0) most = Math.max(most, collected());
      }
      const content = Buffer.concat(chunks);
      // All rows at once are more than 100 MB.
      expect((most - before - content.length) / 1e6).toBeLessThan(25);
      return content;
    };

    // How a file is made has nothing to do with who serves it: one each.
    if (platform === 'express')
      it('the workbook is made while it is read, and has every row', async () => {
        const [sheet] = await readExcelFile(await read('export.xlsx'));
        expect(sheet!.data).toHaveLength(100_001);
        expect(new Set(sheet!.data.map(([, url]) => url)).size).toBe(100_001);
      }, 120_000);
    else
      it('the comma-separated values are made while they are read, and have every row', async () => {
        const lines = (await read('export.csv')).toString().trimEnd().split('\r\n');
        expect(new Set(lines).size).toBe(100_001);
      }, 120_000);

    it('a reader who goes away ends it', async () => {
      const pages = jest.spyOn(host.dataSource, 'createQueryBuilder');
      const files = jest.spyOn(host.app.get(WebhookExport), 'file');
      const [request, response] = await ask('export.csv');
      await once(response, 'data');
      request.destroy();
      const { content } = await (files.mock.results[0]?.value as ReturnType<WebhookExport['file']>);
      await until('nothing more is read', () => content.closed);
      const asked = pages.mock.calls.length;
      jest.restoreAllMocks();
      expect(asked).toBeGreaterThan(0);
      expect(asked).toBeLessThan(PAGES / 2);
    }, 120_000);
  });
});

function collected(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
