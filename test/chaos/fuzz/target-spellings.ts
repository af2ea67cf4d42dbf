import fc from 'fast-check';
import { BlockList, isIP } from 'node:net';

/** IANA's registries of special-purpose addresses, written down once more: not the policy's own list. */
const FORBIDDEN_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '168.63.129.16/32',
];
const FORBIDDEN_V6 = [
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];
const forbidden = new BlockList();
for (const [family, ranges] of [
  ['ipv4', FORBIDDEN_V4],
  ['ipv6', FORBIDDEN_V6],
] as const) {
  for (const range of ranges) {
    const [base = '', bits] = range.split('/');
    forbidden.addSubnet(base, Number(bits), family);
  }
}

/** Whether a URL, as WHATWG reads it, names an address that nobody may be made to dial. */
export function namesForbiddenAddress(text: string): boolean {
  const url = parsed(text);
  if (!url) return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 6) {
    const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(host);
    if (!mapped) return forbidden.check(host, 'ipv6');
    const [high = 0, low = 0] = mapped.slice(1).map((part) => parseInt(part, 16));
    return forbidden.check([high >> 8, high & 255, low >> 8, low & 255].join('.'), 'ipv4');
  }
  if (isIP(host) === 4) return forbidden.check(host, 'ipv4');
  return host === 'localhost' || host.endsWith('.localhost');
}

/** Not `URL.canParse`, which Node 20 gets wrong once it is hot. */
function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

type Four = [number, number, number, number];
const byte = fc.nat({ max: 255 });
const near = fc.constantFrom<Four>(
  [127, 0, 0, 1],
  [10, 0, 0, 1],
  [192, 168, 1, 1],
  [169, 254, 169, 254],
  [0, 0, 0, 0],
);
const ranged = fc.tuple(fc.constantFrom(...FORBIDDEN_V4), byte, byte, byte).map(([range, b, c, d]): Four => {
  const [first = 0, second = 0] = range.split('.').map(Number);
  return [first, range.endsWith('/8') ? b : second, c, d];
});
const anywhere = fc.tuple(byte, byte, byte, byte);
const fourBytes = fc.oneof(
  { weight: 3, arbitrary: near },
  { weight: 4, arbitrary: ranged },
  { weight: 2, arbitrary: anywhere },
);

const radix = fc.constantFrom(
  (number: number) => String(number),
  (number: number) => `0x${number.toString(16)}`,
  (number: number) => `0X0${number.toString(16).toUpperCase()}`,
  (number: number) => `0${number.toString(8)}`,
  (number: number) => `000${number.toString(8)}`,
);
const ipv4 = fc
  .tuple(fourBytes, fc.integer({ min: 1, max: 4 }), fc.tuple(radix, radix, radix, radix))
  .map(([bytes, count, writers]) => {
    const head = bytes.slice(0, count - 1);
    const tail = bytes.slice(count - 1).reduce((sum, part) => sum * 256 + part, 0);
    return [...head, tail].map((part, index) => writers[index]?.(part) ?? String(part)).join('.');
  });
const disguised = fc.constantFrom(
  (host: string) => host,
  (host: string) => `${host}.`,
  (host: string) => host.replace(/[0-9]/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
  (host: string) => host.replaceAll('.', '\u3002'),
  (host: string) => host.replace(/[0-9]/, (digit) => `%3${digit}`),
  (host: string) => host.replace('.', '%2e'),
  (host: string) => host.replace(/1/, '\u2460'),
  (host: string) => `\u00ad${host}`,
);

const group = fc.oneof(fc.constant(0), fc.nat({ max: 0xffff }));
const hex = ([a, b, c, d]: Four) => `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
const wrapped = fc
  .tuple(
    fourBytes,
    fc.constantFrom('::ffff:', '::', '::ffff:0:', '64:ff9b::', '0:0:0:0:0:ffff:', '::FFFF:', '64:ff9b:1::'),
    fc.boolean(),
  )
  .map(([bytes, prefix, dotted]) => prefix + (dotted ? bytes.join('.') : hex(bytes)));
const sixToFour = fourBytes.map((bytes) => `2002:${hex(bytes)}::1`);
const ranged6 = fc
  .tuple(
    fc.constantFrom(
      'fc00',
      'fdff',
      'fe80',
      'febf',
      'fec0',
      'ff02',
      '2001:db8',
      '100',
      '2001:0',
      '::',
      '2606:4700',
      '2a00:1450',
    ),
    group,
    group,
  )
  .map(([prefix, a, b]) =>
    prefix === '::' ? `::${b.toString(16)}` : `${prefix}::${a.toString(16)}:${b.toString(16)}`,
  );
const whole6 = fc
  .array(group, { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((part) => part.toString(16).padStart(4, '0')).join(':'));
const ipv6 = fc
  .tuple(
    fc.oneof(wrapped, sixToFour, ranged6, whole6),
    fc.constantFrom('', '', '', '%25eth0', '%eth0', '%251'),
  )
  .map(([address, zone]) => `[${address}${zone}]`);

const named = fc.constantFrom(
  'localhost',
  'LOCALHOST',
  'a.localhost',
  'localhost.',
  'loc\u00adalhost',
  '\uff4cocalhost',
);
const host = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(ipv4, disguised).map(([text, disguise]) => disguise(text)) },
  { weight: 4, arbitrary: ipv6 },
  { weight: 1, arbitrary: named },
);

/** URLs that name an address, in every spelling that a URL parser may take for one. */
export const targetUrls = fc
  .tuple(
    fc.constantFrom(
      'https://',
      'HTTPS://',
      'https:',
      'https:/',
      'https:\\\\',
      'http://',
      'https:///',
      ' https://',
      'h\tttps://',
    ),
    fc.constantFrom('', '', 'u:p@', 'a.example@', 'a.example:443@', '@'),
    host,
    fc.constantFrom('', ':443', ':8443', ':0443', ':'),
    fc.constantFrom('', '/', '/hooks?q=1', '#@a.example', '?@a.example', '\\@a.example', '/\r\nHost: a'),
  )
  .map((parts) => parts.join(''));
