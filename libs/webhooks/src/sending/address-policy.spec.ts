import { AddressPolicy } from './address-policy.js';

const REFUSED: Record<string, string[]> = {
  loopback: ['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fdff::1'],
  unspecified: ['0.0.0.0', '0.1.2.3', '::'],
  'link-local': ['169.254.1.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1'],
  broadcast: ['255.255.255.255'],
  reserved: ['240.0.0.1', '192.0.0.1', '198.18.0.1', '192.88.99.1', 'fec0::1', '100::1', '5f00::1'],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  'IPv4-mapped': ['::ffff:127.0.0.1', '::ffff:7f00:1', '::FFFF:10.0.0.1', '::ffff:169.254.169.254'],
  'IPv4-compatible': ['::127.0.0.1', '::10.0.0.1', '::8.8.8.8', '::7f00:1'],
  translated: ['64:ff9b::7f00:1', '64:ff9b:1::a00:1', '::ffff:0:127.0.0.1', '2002:7f00:1::', '2001::1'],
  unassigned: ['4000::1', '1::1', '200::1', 'e000::1'],
  metadata: [
    '169.254.169.254',
    'fd00:ec2::254',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    'fd20:ce::254',
  ],
  'no address at all': [
    '',
    'localhost',
    '127.1',
    '0x7f000001',
    '2130706433',
    '127.0.0.1/8',
    '[::1]',
    ' 127.0.0.1',
  ],
};
const REFUSED_CASES = Object.entries(REFUSED).flatMap(([kind, list]) =>
  list.map((address) => [kind, address]),
);

it.each(REFUSED_CASES)('refuses a %s address: %s', (_, address) => {
  expect(new AddressPolicy([]).refusal(address)).toMatch(/^is /);
});

it.each([
  '8.8.8.8',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '2a00:1450:4001:80e::200e',
  '::ffff:8.8.8.8',
])('dials a public address: %s', (address) => {
  expect(new AddressPolicy([]).refusal(address)).toBeUndefined();
});

describe('allowed ranges', () => {
  it.each([
    ['10.0.0.0/8', '10.1.2.3', '11.0.0.1', '192.168.0.1'],
    ['127.0.0.1/32', '127.0.0.1', '1.1.1.1', '127.0.0.2'],
    ['127.0.0.0/8', '::ffff:127.0.0.1', '8.8.8.8', '::127.0.0.1'],
    ['100.64.0.0/10', '100.64.0.1', '100.128.0.1', '10.0.0.1'],
    ['::1/128', '::1', '2606:4700:4700::1111', '127.0.0.1'],
    ['fd12::/16', 'fd12::1', '2606:4700:4700::1111', 'fd13::1'],
  ])('%s opens %s, leaves %s open and %s closed', (range, opened, open, closed) => {
    const policy = new AddressPolicy([range]);
    expect(policy.refusal(opened)).toBeUndefined();
    expect(policy.refusal(open)).toBeUndefined();
    expect(policy.refusal(closed)).toMatch(/^is /);
  });

  it('however wide never open metadata, link-local, multicast, unspecified or translated addresses', () => {
    const policy = new AddressPolicy(['0.0.0.0/0', '::/0']);
    expect(policy.refusal('10.0.0.1')).toBeUndefined();
    expect(policy.refusal('fd12::1')).toBeUndefined();
    const never = [
      'metadata',
      'link-local',
      'multicast',
      'unspecified',
      'broadcast',
      'translated',
      'IPv4-compatible',
    ];
    for (const address of never.flatMap((kind) => REFUSED[kind] ?? [])) {
      expect([address, policy.refusal(address)]).toEqual([address, expect.stringMatching(/^is /)]);
    }
  });

  it.each([
    '',
    '10.0.0.0',
    '10/8',
    '10.0.0.0/33',
    '::1/129',
    '10.0.0.0/',
    'localhost/8',
    '0x0a.0.0.0/8',
    '::ffff:10.0.0.0/104',
  ])('must be CIDR: %p is named in the error', (range) => {
    expect(() => new AddressPolicy(['127.0.0.0/8', range])).toThrow(
      expect.objectContaining({
        code: 'INVALID_ADDRESS_RANGE',
        range,
        message: expect.stringContaining(`'${range}'`),
      }),
    );
  });
});
