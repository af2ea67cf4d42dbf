import { Body, Controller, Post } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ApiBody, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { CreateWebhookDto } from 'nestjs-booking-webhooks';

import { freshContract, RestHost } from './setup/rest-host.js';

interface Operation {
  summary?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: { properties?: object } }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
type Paths = Record<string, Record<string, Operation>>;

/** A host that mounts routes of its own on the exported classes. */
@Controller('mine')
class HostController {
  @Post()
  @ApiBody({ type: CreateWebhookDto })
  create(@Body() body: object): object {
    return body;
  }
}

const documentOf = (host: RestHost): OpenAPIObject =>
  SwaggerModule.createDocument(host.app, new DocumentBuilder().setTitle('Host').build());

const operationsOf = (paths: Paths) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe.each([
  { path: 'webhooks', octo: { path: 'octo' } },
  { path: 'partner/webhooks', octo: { path: 'partner/octo' } },
])("a host's document, with the module at $path", ({ path, octo }) => {
  let host: RestHost;
  let document: OpenAPIObject;
  let own: { paths: Paths };

  beforeAll(async () => {
    host = await RestHost.start({ platform: 'express', path, octo, hostControllers: [HostController] });
    document = documentOf(host);
    own = (await host.as(freshContract()).get(`/${path}/openapi.json`).expect(200)).body;
  });
  afterAll(() => host.stop());

  const paths = () => document.paths as unknown as Paths;

  it("has every route of the module's own document, with its parameters, its body and its answers", () => {
    const routes = operationsOf(own.paths);
    expect(routes.length).toBeGreaterThan(20);
    for (const { path: at, method, operation } of routes) {
      const told = paths()[at]?.[method];
      const names = ({ parameters = [] }: Operation) =>
        parameters.map(({ name, in: place, required = false }) => [place, name, required]).sort();
      expect([method, at, told?.summary, told?.tags]).toEqual([method, at, operation.summary, ['webhooks']]);
      expect([method, at, names(told!)]).toEqual([method, at, names(operation)]);
      expect([method, at, told!.requestBody !== undefined]).toEqual([
        method,
        at,
        operation.requestBody !== undefined,
      ]);
      expect([method, at, Object.keys(told!.responses).sort()]).toEqual([
        method,
        at,
        Object.keys(operation.responses).sort(),
      ]);
      for (const [status, { content }] of Object.entries(operation.responses))
        expect(Object.keys(told!.responses[status]?.content ?? {})).toEqual(Object.keys(content ?? {}));
    }
  });

  it("has OCTO's routes, the document itself, and of the portal nothing", () => {
    const all = Object.keys(paths());
    expect(all).toEqual(
      expect.arrayContaining([
        `/${octo.path}/webhooks`,
        `/${octo.path}/webhooks/{id}`,
        `/${octo.path}/notifications/subscriptions`,
        `/${octo.path}/notifications/subcriptions/{id}`,
        `/${path}/openapi.json`,
      ]),
    );
    expect(all.filter((at) => at.includes('portal'))).toEqual([]);
  });

  it('has no route of the module without a summary, an answer, and a body where one is taken', () => {
    const routes = operationsOf(paths()).filter(({ path: at }) => at !== '/mine');
    expect(routes.length).toBeGreaterThan(30);
    for (const { path: at, method, operation } of routes) {
      expect([method, at, operation.summary]).toEqual([method, at, expect.stringMatching(/\w/)]);
      const good = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      expect([method, at, good.length]).toEqual([method, at, 1]);
      const [status, { content = {} } = {}] = good[0]!;
      if (status !== '204')
        for (const { schema } of Object.values(content))
          expect(Object.keys(schema).length).toBeGreaterThan(0);
      expect([method, at, Object.keys(content).length]).toEqual([method, at, status === '204' ? 0 : 1]);
      if (method === 'patch') expect([at, operation.requestBody]).toEqual([at, expect.anything()]);
      const named = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const given = (operation.parameters ?? []).filter(({ in: place }) => place === 'path');
      expect([method, at, given.map(({ name }) => name)]).toEqual([method, at, named]);
    }
  });

  it('is of OpenAPI 3.0 throughout, and claims no component but what the host shows', () => {
    const text = JSON.stringify(document.paths);
    expect(text).not.toMatch(/"type":\[|"type":"null"/);
    expect(text).toContain('"nullable":true');
    expect([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to)).toEqual([
      '#/components/schemas/CreateWebhookDto',
    ]);
    expect(Object.keys(document.components?.schemas ?? {})).toEqual(['CreateWebhookDto']);
  });

  it("describes the classes that a host's own routes can take", () => {
    const model = document.components!.schemas!.CreateWebhookDto as unknown as {
      required: string[];
      properties: Record<string, object>;
    };
    expect(model.required).toEqual(['eventTypes']);
    expect(model.properties).toMatchObject({
      url: { type: 'string' },
      eventTypes: { type: 'array', items: { type: 'string' } },
      format: { type: 'string', enum: ['json', 'xml', 'form'] },
      maxPerSecond: { type: 'integer', minimum: 1, nullable: true },
    });
  });

  it('is the same when another module of the process has been described meanwhile', async () => {
    const another = await RestHost.start({ platform: 'express', path, octo });
    const again = documentOf(another);
    await another.stop();
    expect(again.paths[`/${path}`]).toEqual(document.paths[`/${path}`]);
  });
});
