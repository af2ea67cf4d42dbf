import { FastifyAdapter } from '@nestjs/platform-fastify';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';
import { WebhooksConfigurationError } from 'nestjs-booking-webhooks';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

const SCRIPT = 'console.log("portal");\n';
const MARKER = '<!-- portal-settings -->';

/** What a build leaves behind, in small. */
function builtPage({ marker = MARKER } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'portal-page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), `<!doctype html><head>${marker}</head><body>$& portal</body>`);
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'index-abc123.css'), 'body{}');
  writeFileSync(join(folder, 'assets', 'icon-abc123.svg'), '<svg/>');
  writeFileSync(join(folder, 'outside.txt'), 'not an asset');
  return folder;
}

const VARIANTS = PLATFORMS.flatMap((platform) => [
  { platform, strict: false, options: {}, page: '/webhooks/portal', redirect: 'portal/' },
  {
    platform,
    strict: true,
    options: { path: 'partner/webhooks', portal: { path: '/staff/hooks/' } },
    page: '/staff/hooks',
    redirect: 'hooks/',
  },
]);

describe.each(VARIANTS)('on $platform, at $page', ({ platform, strict, options, page, redirect }) => {
  let host: RestHost;
  let folder: string;

  beforeAll(async () => {
    folder = builtPage();
    const given: Partial<WebhooksModuleOptions> = { portal: {}, ...options };
    host = await RestHost.start({ platform, strict, replaced: { 'portal-folder': folder }, ...given });
  });
  afterAll(async () => {
    await host.stop();
    rmSync(folder, { recursive: true });
  });

  const open = async (contract: string) => {
    const { text, headers } = await host.as(contract).get(`${page}/`).expect(200);
    const [, data = ''] =
      /<script type="application\/json" id="portal-settings">(.*?)<\/script>/s.exec(text) ?? [];
    return {
      text,
      headers,
      settings: JSON.parse(data) as Record<string, unknown> & { api: Record<string, string> },
    };
  };

  it('the address without a slash at its end leads to the one with it, relatively', async () => {
    const plain = await host.as(freshContract()).get(page).expect(302);
    expect(plain.headers.location).toBe(redirect);
    const query = await host.as(freshContract()).get(`${page}?lang=de&x=%2F`).expect(302);
    expect(query.headers.location).toBe(`${redirect}?lang=de&x=%2F`);
  });

  it('the page knows whose it is', async () => {
    const contract = freshContract();
    const { settings, text } = await open(contract);
    expect(settings.contractId).toBe(contract);
    expect(text).toContain('<body>$& portal</body>');
    expect((await open('*')).settings.contractId).toBeNull();
  });

  it('the page finds the API from where it is, and what it is told of it holds', async () => {
    const { settings } = await open(freshContract());
    const to = (path = '') =>
      new URL(path, `http://host.example${strict ? '/api' : ''}${page}/`).pathname.replace(/\/$/, '');
    const caller = host.as(freshContract());
    // The harness puts the host's prefix before its paths.
    const own = (path: string) => to(path).replace(/^\/api/, '');
    await caller.get(own(settings.api.webhooks ?? '')).expect(200);
    await caller.get(own(settings.api.eventTypes ?? '')).expect(200);
    const missing = await caller.get(`${own(settings.api.deliveries ?? '')}/none`).expect(404);
    expect(missing.body.code).toBe('DELIVERY_NOT_FOUND');
    expect(settings).toMatchObject({
      defaultLocale: 'en',
      formats: ['json', 'xml', 'form'],
      maxInFlight: 10,
      retryDelaysMs: [50, 50, 50, 50, 50],
      secretOverlapMs: 86_400_000,
      retentionDays: 30,
    });
    expect(settings.profiles).toEqual(
      expect.arrayContaining(['standard', 'octo', 'checkfront', 'delay-care']),
    );
    expect(settings.locales).toEqual(expect.arrayContaining(['en', 'de', 'ar']));
    expect(settings.capabilities).toEqual(expect.arrayContaining(['octo/content', 'octo/pricing']));
  });

  it('the page is held to a strict policy, with a nonce of its own each time', async () => {
    const nonces = [];
    for (const contract of [freshContract(), freshContract()]) {
      const { headers, text } = await open(contract);
      const policy = String(headers['content-security-policy']);
      const [, nonce = ''] = /'nonce-([A-Za-z0-9+/=]{24})'/.exec(policy) ?? [];
      nonces.push(nonce);
      expect(text).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
      expect(policy.replace(nonce, '<nonce>')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-<nonce>'; img-src 'self' data:; " +
          "font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'self'; base-uri 'none'",
      );
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
    }
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('no contract can break out of the settings', async () => {
    const contract = 'C</script><script>alert(1)</script><!--';
    const { settings, text } = await open(contract);
    expect(settings.contractId).toBe(contract);
    expect(text.match(/<script/g)).toHaveLength(1);
  });

  it.each([
    ['index-abc123.js', 'text/javascript; charset=utf-8', SCRIPT],
    ['index-abc123.css', 'text/css; charset=utf-8', 'body{}'],
    ['icon-abc123.svg', 'image/svg+xml', '<svg/>'],
  ])('the file %s comes as it was built, for good', async (name, type, content) => {
    const api = host.as(freshContract());
    const { headers, body, text } = await api.get(`${page}/assets/${name}`).expect(200);
    expect(text ?? String(body)).toBe(content);
    expect(headers).toMatchObject({
      'content-type': type,
      'content-length': String(content.length),
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    const again = await api
      .get(`${page}/assets/${name}`)
      .set('if-none-match', String(headers.etag))
      .expect(304);
    expect(again.text).toBe('');
  });

  it.each([
    'assets/none.js',
    'assets/..%2Findex.html',
    'assets/..%2Foutside.txt',
    'assets/%2e%2e%2foutside.txt',
    'assets/__proto__',
    'assets/',
    'assets/index-abc123.js/x',
    'index.html',
    'outside.txt',
    'a/b/c',
  ])('%s is nowhere', async (path) => {
    const { status, body } = await host.as(freshContract()).get(`${page}/${path}`);
    expect([path, status]).toEqual([path, 404]);
    expect(JSON.stringify(body)).not.toContain(folder);
  });

  it('the host’s guard and the contract’s stand before the page and before its files', async () => {
    for (const path of [page, `${page}/`, `${page}/assets/index-abc123.js`, `${page}/assets/none.js`]) {
      await host.as('').get(path).expect(403);
      await host.as('blocked').get(path).expect(403);
    }
  });
});

describe.each(PLATFORMS)('on %s', (platform) => {
  it.each<[string, Partial<WebhooksModuleOptions>]>([
    ['portal: false', { portal: false }],
    ['controllers: false', { portal: {}, controllers: false }],
  ])('with %s there is no page, and nothing has to be built', async (_name, options) => {
    const host = await RestHost.start({ platform, ...options });
    const { status, text } = await host.as('*').get('/webhooks/portal/');
    await host.stop();
    expect(status).toBe(404);
    expect(text).not.toContain('<html');
  });

  it.each([
    ['is not there', () => '/nowhere/portal', /index\.html cannot be read.*npm run build.*portal: false/],
    [
      'has no place for the settings',
      () => builtPage({ marker: '' }),
      /no place for its settings.*npm run build/,
    ],
  ])('an application whose page %s does not start, and says how to', async (_name, folder, message) => {
    const starting = RestHost.start({ platform, portal: {}, replaced: { 'portal-folder': folder() } });
    const error = await starting.then(
      () => new Error('It started.'),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(WebhooksConfigurationError);
    expect(error).toMatchObject({ code: 'PORTAL_NOT_BUILT', subject: 'portal' });
    expect((error as Error).message).toMatch(message);
  });
});

it('a Fastify that ignores slashes at the end serves the page at the same addresses', async () => {
  const folder = builtPage();
  const adapter = new FastifyAdapter({ routerOptions: { ignoreTrailingSlash: true } });
  const host = await RestHost.start({
    platform: 'fastify',
    adapter,
    portal: {},
    replaced: { 'portal-folder': folder },
  });
  const api = host.as(freshContract());
  const answers = [await api.get('/webhooks/portal'), await api.get('/webhooks/portal/')];
  await host.stop();
  rmSync(folder, { recursive: true });
  expect(answers.map(({ status }) => status)).toEqual([302, 200]);
});
