import { BlockList, isIP } from 'node:net';

/** A bridge, a proxy, a carrier or this machine (RFC 1918, 3927, 4193, 4291, 6598): it stands for everybody behind it. */
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
 * Where a request came from, for counting; undefined where no proxy says it. The proxy in front appends to
 * X-Forwarded-For: only its own entry, the last one, is no claim of the client. X-Real-IP counts where nothing was
 * appended. Without a proxy Next.js writes the address of the connection into X-Forwarded-For, unless the client
 * sent one: an app that is reached directly cannot tell its visitors apart. A private address is nobody's: a container
 * sees its bridge for every visitor.
 */
export function clientAddress(header: (name: string) => string | null | undefined): string | undefined {
  const forwarded = header('x-forwarded-for')?.split(',').pop()?.trim();
  return network(forwarded || header('x-real-ip')?.trim() || '');
}

/** Some proxies add the port. */
const WITH_PORT = /^(?:\[([\da-fA-F:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/;

/** An IPv4 address, or the 64 bits of an IPv6 address that one customer is given: the rest is theirs to choose. */
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
