import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

/** Ranges that `allowedAddresses` can open, by the names of ipaddr.js. */
const OPENABLE: ReadonlySet<string> = new Set(['private', 'loopback', 'carrierGradeNat', 'uniqueLocal']);

/** Cloud metadata and platform agents: who can talk to them can act as the machine. No option opens them. */
const METADATA = [
  '169.254.0.0/16', // AWS, Google Cloud, Azure, DigitalOcean, Tencent; all of link-local
  '168.63.129.16/32', // Azure WireServer: public by its range
  '100.100.100.200/32', // Alibaba Cloud
  '192.0.0.192/32', // Oracle Cloud
  'fe80::/10',
  'fd00:ec2::/32', // AWS
  'fd20:ce::254/128', // Google Cloud
  'fd00:c1::a9fe:a9fe/128', // Oracle Cloud
].map((cidr) => ipaddr.parseCIDR(cidr));

/** RFC 4291: what is assigned for unicast on the Internet. ipaddr.js calls everything it has no name for unicast. */
const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR('2000::/3');

/** RFC 4291 section 2.5.5.1, deprecated; the way resolvers write it. */
const IPV4_COMPATIBLE = /^::\d+\./;

/**
 * Which addresses may be dialled: unicast ones of the public Internet, and of the private ranges those that the host
 * has allowed. It judges addresses, not names: ask it about everything a name resolves to.
 */
export class AddressPolicy {
  private readonly allowed: Range[];

  /**
   * @param allowed CIDR ranges (`10.0.0.0/8`, `::1/128`) of private, loopback, unique-local or carrier-grade NAT addresses
   * @throws InvalidRangeError naming the range that is not one
   */
  constructor(allowed: readonly string[]) {
    this.allowed = allowed.map(parseRange);
  }

  /** Why an IP address is not dialled, as a clause about it (`is a loopback address`); undefined when it may be. */
  refusal(address: string): string | undefined {
    // ipaddr.js also reads short, octal and hex forms of IPv4; a resolver gives none of them.
    if (isIP(address) === 0) return 'is not an IP address';
    // ipaddr.js takes ::127.0.0.1 for ::ffff:127.0.0.1; the kernel does not.
    if (IPV4_COMPATIBLE.test(address)) return 'is an IPv4-compatible address';
    const ip = ipaddr.process(address);
    if (contains(METADATA, ip)) return 'is a link-local or cloud metadata address';
    const range = ip.range();
    if (OPENABLE.has(range) && contains(this.allowed, ip)) return undefined;
    if (range !== 'unicast') return `is ${DESCRIPTIONS[range] ?? 'a reserved address'}`;
    if (ip.kind() === 'ipv6' && !ip.match(GLOBAL_UNICAST_V6)) return 'is outside the global unicast range';
    return undefined;
  }
}

/** A range in `allowedAddresses` is not a CIDR range. */
export class InvalidRangeError extends Error {
  override readonly name = 'InvalidRangeError';
  readonly code = 'INVALID_ADDRESS_RANGE';

  constructor(readonly range: string) {
    super(`'${range}' is not an address range in CIDR notation. Write one like 10.0.0.0/8 or ::1/128.`);
  }
}

const DESCRIPTIONS: Record<string, string> = {
  private: 'a private address',
  uniqueLocal: 'a private address',
  loopback: 'a loopback address',
  unspecified: 'an unspecified address',
  carrierGradeNat: 'a carrier-grade NAT address',
  multicast: 'a multicast address',
  broadcast: 'a broadcast address',
};

function parseRange(cidr: string): Range {
  // parseCIDR alone reads '10/8' as 0.0.0.10/8.
  const readable = ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr) || ipaddr.IPv6.isValidCIDR(cidr);
  if (!readable) throw new InvalidRangeError(cidr);
  const [ip, bits] = ipaddr.parseCIDR(cidr);
  // Addresses are judged by the IPv4 inside, so a mapped range would never match.
  if (ip instanceof ipaddr.IPv6 && ip.isIPv4MappedAddress()) throw new InvalidRangeError(cidr);
  return [ip, bits];
}

function contains(ranges: readonly Range[], ip: Address): boolean {
  return ranges.some(([base, bits]) => base.kind() === ip.kind() && ip.match(base, bits));
}
