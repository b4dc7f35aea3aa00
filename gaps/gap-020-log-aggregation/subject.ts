import type { Repo } from '../../src/contract.ts';
import { type Deployment, deploymentsOf } from '../../src/read/deployments.ts';

/** Hosts that keep the logs of what they run. */
const COLLECTS =
  /^(Cloud Build|Vercel|Netlify|Fly\.io|Render|Railway|Firebase App Hosting|Cloudflare|AWS Amplify|DigitalOcean|a Procfile)$/;

/** Deployments on servers of one's own: nobody keeps their logs unless somebody sees to it. */
export function needsCollector(repo: Repo): readonly Deployment[] {
  const stacks = deploymentsOf(repo).filter(({ kind }) => kind === 'compose');
  if (stacks.length > 0) return stacks;
  return deploymentsOf(repo).filter(
    ({ path, kind }) =>
      (kind === 'script' || kind === 'workflow') &&
      /\b(?:ssh|pm2|systemctl|rsync|scp)\b/.test((repo.peek(path) ?? '').replace(/^\s*#.*$/gm, '')),
  );
}

/** The host that keeps the logs, where everything that is deployed runs on such hosts. */
export function isCollected(repo: Repo): string | undefined {
  if (needsCollector(repo).length > 0) return undefined;
  const platforms = deploymentsOf(repo).filter(({ kind }) => kind === 'platform');
  return platforms.every(({ how }) => COLLECTS.test(how)) ? platforms[0]?.how : undefined;
}
