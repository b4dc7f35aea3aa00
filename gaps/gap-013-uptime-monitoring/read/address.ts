import type { Repo } from '../../../src/contract.ts';

/** Where an address of one's own may be named. */
const SETTINGS = /(env[\w.-]*\.(?:example|sample|template)|deploy[\w.-]*\.sh)$/;
const OWN_VARIABLE =
  /^(?:export )?(?:NEXTAUTH_URL|AUTH_URL|(?:NEXT_PUBLIC_)?(?:APP|SITE|BASE|WEB|PUBLIC|FRONTEND)_?(?:URL|ORIGIN|DOMAIN)|DOMAIN)=["']?(?:https:\/\/)?([\w-]+(?:\.[\w-]+)+)/gm;
const SERVER_NAME = /^[ \t]*server_name\s+([^\s;][^;]{0,1000});/gm;
const PLACEHOLDER =
  /example\.|your-?|localhost|placeholder|changeme|^\d+\.|\.(?:test|local|internal|invalid)$/i;

/** The address of the site as its settings name it, or a place to fill in. */
export function addressOf(repo: Repo): string {
  const set = repo
    .find(/\.(?:example|sample|template|sh)$/)
    .filter((path) => SETTINGS.test(path))
    .flatMap((path) => [...(repo.peek(path) ?? '').matchAll(OWN_VARIABLE)].map(([, host = '']) => host));
  const served = repo
    .find(/nginx[\w./-]*\.conf$/)
    .flatMap((path) => [...(repo.peek(path) ?? '').matchAll(SERVER_NAME)])
    .flatMap(([, names = '']) => names.split(/\s+/))
    .sort((a, b) => a.split('.').length - b.split('.').length);
  const host = [...set, ...served].find((each) => each.includes('.') && !PLACEHOLDER.test(each));
  return `https://${host ?? '<your domain>'}`;
}
