import type { Deployment } from '../../src/read/deploy/deployments.ts';

/** Hosts that keep earlier deployments and put one back in their own interface. */
const KEEPS = /^(Vercel|Netlify|Railway|Render|Cloudflare|DigitalOcean|Firebase App Hosting)$/;

/** Whether the host alone goes back, with nothing of the repository's own to write down. */
export function goesBackByItself(deployments: readonly Deployment[]): boolean {
  return deployments.every(({ how }) => KEEPS.test(how));
}
