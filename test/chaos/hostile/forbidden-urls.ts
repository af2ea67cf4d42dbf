/** A URL that leads to an address the platform must not dial, however it is written. */
export interface ForbiddenUrl {
  url: string;
  /** Only the connection's own lookup can tell. */
  named?: boolean;
  /** It leads away from this machine: never put to a platform whose policy is off. */
  abroad?: boolean;
}

const HERE = [
  '127.0.0.2',
  '127.2',
  '127.0.2',
  '2130706434',
  '017700000002',
  '0x7f000002',
  '0X7F000002',
  '0x7f.0.0.2',
  '0177.0.0.02',
  '127.0.0.2.',
  '%31%32%37.0.0.2',
  '１２７.０.０.２',
  '①②⑦.⓪.⓪.②',
  '127。0。0。2',
  '0',
  '0.0.0.0',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::]',
  '[::ffff:127.0.0.2]',
  '[::FFFF:7F00:2]',
  '[0:0:0:0:0:ffff:7f00:2]',
  'canary.example',
  'CANARY.EXAMPLE.',
  'mapped.example',
  'sixth.example',
];

const ABROAD = [
  '10.0.0.1',
  '167772161',
  '192.168.257',
  '172.16.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '0xa9fea9fe',
  '168.63.129.16',
  '100.100.100.200',
  '224.0.0.1',
  '255.255.255.255',
  '192.0.2.1',
  '[::127.0.0.2]',
  '[::7f00:2]',
  '[2002:7f00:2::]',
  '[64:ff9b::127.0.0.2]',
  '[64:ff9b:1::7f00:2]',
  '[2001:0:7f00:2::]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[ff02::1]',
  '[::ffff:0:127.0.0.2]',
  '[::ffff:169.254.169.254]',
  'metadata.example',
  'both.example',
  'wire.example',
];

const NAMED = /example/i;

/** Names of the test's own resolver, and what each lookup in turn answers. */
export const NAMES: Record<string, string[][]> = {
  'rebinding.example': [['127.0.0.1'], ['127.0.0.2'], ['127.0.0.1', '127.0.0.2'], ['::1']],
  'partner.example': [['127.0.0.1']],
  'other.example': [['127.0.0.1']],
  'self.example': [['127.0.0.1']],
  'canary.example': [['127.0.0.2']],
  'mapped.example': [['::ffff:127.0.0.2']],
  'sixth.example': [['::1']],
  'metadata.example': [['169.254.169.254']],
  'both.example': [['127.0.0.1', '10.0.0.1']],
  'wire.example': [['::ffff:168.63.129.16'], ['fd00:ec2::254']],
};

/** Every spelling, at the canary's port. */
export function forbiddenUrls(port: number): ForbiddenUrl[] {
  return [
    ...HERE.map((host) => ({ url: `http://${host}:${port}/`, named: NAMED.test(host) })),
    ...[
      `http://partner.example@127.0.0.2:${port}/`,
      `http://127.0.0.1:80@127.0.0.2:${port}/`,
      `http://127.0.0.1%2f@127.0.0.2:${port}/`,
      `HTTP://127.0.0.2:${port}/`,
      `http:\\\\127.0.0.2:${port}\\`,
      `http:127.0.0.2:${port}/`,
      `http:/127.0.0.2:${port}/`,
      `http:////127.0.0.2:${port}/`,
      `https://127.0.0.2:${port}/`,
    ].map((url) => ({ url })),
    ...ABROAD.map((host) => ({
      url: `http://${host}:${port}/latest/meta-data/`,
      named: NAMED.test(host),
      abroad: true,
    })),
    ...[
      'http://[::1%25lo]/',
      'http://[fe80::1%lo]/',
      'http://127.0.0.2%00.partner.example/',
      'http://127.0.0.2\u0000/',
      'http://127.0.0.1\r\nHost: 127.0.0.2/',
      'ftp://127.0.0.2/',
      'file:///etc/passwd',
      'gopher://127.0.0.2/_x',
      'unix:/var/run/docker.sock',
      'data:text/plain,x',
      '//127.0.0.2/',
      'http://',
    ].map((url) => ({ url, abroad: true })),
  ];
}
