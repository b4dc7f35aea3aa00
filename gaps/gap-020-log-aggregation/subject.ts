import type { Repo } from '../../src/contract.ts';
import { type Deployment, deploymentsOf } from '../../src/read/deploy/deployments.ts';

/** Hosts that keep the logs of what they run. */
const COLLECTS =
  /^(Cloud Build|Vercel|Netlify|Fly\.io|Render|Railway|Firebase App Hosting|Cloudflare|AWS Amplify|DigitalOcean)$/;
/** Cloud Build deploys to many places; these run the application for their owner. */
const MANAGED =
  /\brun\b[\s'",-]+deploy|\bapp\b[\s'",-]+deploy|\bfunctions\b[\s'",-]+deploy|gke-deploy|\bdeploy\b[\s'",-]+run\b/;
/** Hosts that keep them for hours or days (vercel.com/docs/logs/runtime, docs.netlify.com: "Function logs"). */
const FORGETS = /^(Vercel|Netlify)$/;

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

/** The hosts that keep the logs, where everything that is deployed runs on such hosts; undefined otherwise. */
export function isCollected(repo: Repo): string | undefined {
  if (needsCollector(repo).length > 0) return undefined;
  // A Procfile says what is run, not who runs it.
  const platforms = platformsOf(repo).filter(({ how }) => how !== 'a Procfile');
  const isKept = ({ how, path }: Deployment) =>
    COLLECTS.test(how) && (how !== 'Cloud Build' || MANAGED.test(repo.peek(path) ?? ''));
  if (platforms.length === 0 || !platforms.every(isKept)) return undefined;
  return [...new Set(platforms.map(({ how }) => nameOf(how)))].join(' and ');
}

/** The first file of each host whose logs are gone soon. */
export function forgetfulHosts(repo: Repo): readonly Deployment[] {
  const hosts = platformsOf(repo).filter(({ how }) => FORGETS.test(how));
  return hosts.filter(({ how }, index) => hosts.findIndex((other) => other.how === how) === index);
}

function platformsOf(repo: Repo): readonly Deployment[] {
  return deploymentsOf(repo).filter(({ kind }) => kind === 'platform');
}

function nameOf(how: string): string {
  return how === 'Cloud Build' ? 'Google Cloud' : how;
}
