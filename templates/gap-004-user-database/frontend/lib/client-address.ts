import { BlockList, isIP } from 'node:net';

/** Private, carrier, and local ranges (RFC 1918, 3927, 4193, 4291, 6598), whose addresses many visitors share. */
const NOBODY = new BlockList();
NOBODY.addSubnet('0.0.0.0', 8, 'ipv4');
NOBODY.addSubnet('10.0.0.0', 8, 'ipv4');
NOBODY.addSubnet('100.64.0.0', 10, 'ipv4');
NOBODY.addSubnet('172.16.0.0', 12, 'ipv4');
NOBODY.addSubnet('192.168.0.0', 16, 'ipv4');
NOBODY.addSubnet('127.0.0.0', 8, 'ipv4');
NOBODY.addSubnet('169.254.0.0', 16, 'ipv4');
NOBODY.addSubnet('::', 127, 'ipv6');
NOBODY.addSubnet('fc00::', 7, 'ipv6');
NOBODY.addSubnet('fe80::', 10, 'ipv6');

/**
 * The network that a request came from, for rate limiting; undefined if no proxy reports it. The proxy in front
 * appends to X-Forwarded-For, so only the last entry is not the client's own claim. X-Real-IP is the fallback. Without
 * a proxy, Next.js writes the connection's address into X-Forwarded-For unless the client sent the header, so an app
 * that is exposed directly cannot tell its visitors apart. A private address identifies nobody: a container sees its
 * bridge's address for every visitor.
 */
export function clientAddress(header: (name: string) => string | null | undefined): string | undefined {
  const forwarded = header('x-forwarded-for')?.split(',').pop()?.trim();
  return network(forwarded || header('x-real-ip')?.trim() || '');
}

/** Some proxies append the port. */
const WITH_PORT = /^(?:\[([\da-fA-F:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/;

/** An IPv4 address, or the /64 of an IPv6 address: one customer controls all addresses in it. */
function network(given: string): string | undefined {
  const [, six, four] = WITH_PORT.exec(given) ?? [];
  const address = (six ?? four ?? given).replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '').toLowerCase();
  const version = isIP(address);
  if (version === 0 || NOBODY.check(address, version === 4 ? 'ipv4' : 'ipv6')) return undefined;
  if (version === 4) return address;
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array.from({ length: zeros }, () => '0'), ...last];
  return `${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
