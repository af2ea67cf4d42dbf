import { UrlPolicy } from './url-policy.js';

const strict = new UrlPolicy({ allowHttp: false, allowedAddresses: [] });
const development = new UrlPolicy({ allowHttp: true, allowedAddresses: ['127.0.0.0/8', '::1/128'] });

it.each([
  'https://partner.example/webhooks',
  'https://partner.example:8443/a?b=c%20d',
  'https://user:pass@partner.example/',
  'https://bücher.example/',
  'https://8.8.8.8/hook',
  'https://[2606:4700:4700::1111]/hook',
  'https://localhost.example/',
  'https://internal.example/',
])('accepts %s', (url) => {
  expect(strict.check(url)).toMatchObject({ ok: true, url: { href: new URL(url).href } });
});

describe('every spelling of an address that is not public is refused', () => {
  it.each([
    'https://127.0.0.1/',
    'https://127.0.0.1./',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0x0.0x0.0x1/',
    'https://017700000001/',
    'https://0177.0.0.1/',
    'https://0/',
    'https://%31%32%37.0.0.1/',
    'https://１２７.０.０.１/',
    'https://127。0。0。1/',
    'https://user:pass@127.0.0.1:8443/',
    'https://10.0.0.1/',
    'https://167772161/',
    'https://192.168.257/',
    'https://169.254.169.254/latest/meta-data/',
    'https://0xa9fea9fe/',
    'https://[::1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[::]/',
    'https://[::127.0.0.1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fe80::1%25eth0]/',
    'https://[fd00:ec2::254]/',
    'https:\\\\127.0.0.1/',
    'https:127.0.0.1/',
  ])('%s', (url) => {
    expect(strict.check(url)).toMatchObject({ ok: false });
  });
});

it.each([
  ['not-a-url', 'is not an absolute URL'],
  ['', 'is not an absolute URL'],
  ['/webhooks', 'is not an absolute URL'],
  ['https://', 'is not an absolute URL'],
  ['https://host:99999/', 'is not an absolute URL'],
  ['http://partner.example/', 'uses http'],
  ['ftp://partner.example/', 'another scheme'],
  ['javascript:alert(1)', 'another scheme'],
  ['file:///etc/passwd', 'another scheme'],
  ['https://partner.example/#part', 'fragment'],
  ['https://partner.example/#', 'fragment'],
  [' https://partner.example/', 'space'],
  ['https://partner.example/a b', 'space'],
  ['https://partner.example/\nx', 'control character'],
  ['https://partner\t.example/', 'space or a control character'],
  ['https://partner.example/\0', 'control character'],
  [`https://partner.example/${'a'.repeat(2048)}`, 'is 2072 characters long'],
  ['https://localhost/', 'localhost'],
  ['https://LOCALHOST./', 'localhost'],
  ['https://app.localhost/', 'localhost'],
  ['https://metadata.google.internal/', 'private network'],
  ['https://printer.local/', 'private network'],
])('refuses %p: %s', (url, reason) => {
  expect(strict.check(url)).toEqual({
    ok: false,
    reason: expect.stringContaining(reason),
    expected: expect.stringMatching(/./),
  });
});

it('accepts a URL of exactly 2048 characters', () => {
  const url = 'https://partner.example/'.padEnd(2048, 'a');
  expect(strict.check(url).ok).toBe(true);
});

describe('for development', () => {
  it.each([
    'http://localhost:3000/',
    'http://127.0.0.1:3000/',
    'http://[::1]/',
    'http://app.localhost/',
    'https://x.internal/',
  ])('opens %s', (url) => {
    expect(development.check(url).ok).toBe(true);
  });

  it.each(['http://10.0.0.1/', 'http://169.254.169.254/', 'ftp://localhost/'])('still refuses %s', (url) => {
    expect(development.check(url).ok).toBe(false);
  });

  it('keeps localhost closed while loopback is', () => {
    const policy = new UrlPolicy({ allowHttp: false, allowedAddresses: ['10.0.0.0/8'] });
    expect(policy.check('https://localhost/').ok).toBe(false);
    expect(policy.check('https://receiver.internal/').ok).toBe(true);
  });
});

it.each([
  'http://alice:s3cr3t@partner.example/',
  'alice:s3cr3t@partner.example',
  's3cr3t:alice@partner.example',
  'https://alice:s3cr3t@partner.example/#x',
  'https://alice:s3cr3t@/',
  'https://alice:s3cr3t/pass@partner.example/',
  'https://alice:s3cr3t@127.0.0.1/?token=s3cr3t',
  'https://alice:s3cr3t@localhost/',
  'https://alice:s3cr3t @partner.example/',
  `https://alice:s3cr3t@partner.example/${'a'.repeat(3000)}`,
  'https://s3cr3t.local/',
])('never repeats credentials: %s', (url) => {
  const verdict = strict.check(url);
  expect(verdict.ok).toBe(false);
  expect(JSON.stringify(verdict)).not.toMatch(/alice|s3cr3t/);
});

it('names a range that is no CIDR when it is made', () => {
  expect(() => new UrlPolicy({ allowHttp: false, allowedAddresses: ['10.0.0.0'] })).toThrow("'10.0.0.0'");
});
