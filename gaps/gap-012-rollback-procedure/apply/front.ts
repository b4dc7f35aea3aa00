import { asRecord } from '../../../src/repo/record.ts';
import type { ReleaseStack } from '../read/release-stack.ts';

const PROXY = /(^|[-_])(nginx|caddy|traefik|haproxy|proxy)([-_]|$)/;

/** The released services that answer visitors, by name: what takes the ports of the web, or else the front end. */
export function frontOf({ released, services }: ReleaseStack): readonly string[] {
  const own = services.filter(({ name }) => released.some((each) => each.name === name));
  const open = own.filter(({ name, value }) => PROXY.test(name) || isOpen(value.ports));
  const front = open.length > 0 ? open : own.filter(({ role }) => role === 'frontend');
  return [...new Set(front.map(({ name }) => name))];
}

/** Whether Compose publishes port 80 or 443 of the host. */
function isOpen(ports: unknown): boolean {
  return (Array.isArray(ports) ? ports : []).some((port: unknown) => {
    const { published } = asRecord(port);
    const filled = String(port).replace(/\$\{\w+:?-([^}]{0,100})\}/g, '$1');
    const host =
      published === undefined ? /(?:^|:)(\d+):\d+(?:\/tcp)?$/.exec(filled)?.[1] : String(published);
    return host === '80' || host === '443';
  });
}
