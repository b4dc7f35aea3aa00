import type { ManualStep, NextApp, Repo } from '../../../../src/contract.ts';
import { type Deployment, deploymentsOf } from '../../../../src/read/deploy/deployments.ts';
import { dirname, isInside } from '../../../../src/repo/paths.ts';

/** What becomes of a file that the app writes. */
type Disk = 'none' | 'passing' | 'mounted';

const DISKS: Readonly<Record<string, Disk>> = {
  Vercel: 'none',
  Netlify: 'none',
  Cloudflare: 'none',
  'AWS Amplify': 'none',
  'Firebase App Hosting': 'passing',
  DigitalOcean: 'passing',
  'a Procfile': 'passing',
  'Fly.io': 'mounted',
  Render: 'mounted',
  Railway: 'mounted',
};

/** Hosts on which a file that is written does not stay: the volume of the Compose stack does not help there. */
export function hostSteps(repo: Repo, app: NextApp): readonly ManualStep[] {
  return deploymentsOf(repo)
    .filter(({ kind, path }) => kind === 'platform' && isAbout(repo, app, path))
    .flatMap((deployment) => stepFor(repo, deployment) ?? []);
}

/** A file of the app, or of a folder around it. */
function isAbout(repo: Repo, app: NextApp, path: string): boolean {
  const folder = dirname(path);
  return isInside(app.dir, path) || isInside(folder, `${app.dir}/`) || repo.mentions(path, app.dir);
}

function stepFor(repo: Repo, deployment: Deployment): ManualStep | undefined {
  if (deployment.how === 'Cloud Build') return cloudRunStep(repo, deployment);
  const disk = DISKS[deployment.how];
  return disk === undefined ? undefined : { title: TITLES[disk](deployment), why: WHY, seenBy: SEEN };
}

const WHY = 'Where the application runs in the end is a decision for the people who run it.';
const SEEN = 'It cannot be seen in the repository.';

const TITLES: Readonly<Record<Disk, (deployment: Deployment) => string>> = {
  none: ({ path, how }) =>
    `Do not put the app on ${how} as ${path} does, or keep its users in a managed database there: a function cannot write ./data, so nobody could sign up, sign in or stay signed in`,
  passing: ({ path, how }) =>
    `Do not put the app on ${how} as ${path} does, or keep its users in a managed database there: files are gone with each deployment and restart, and every session (Google's too) ends with them`,
  mounted: ({ path, how }) =>
    `Where ${path} puts the app on ${how}, mount a volume at the folder of USERS_DB_PATH and run one instance: other files are gone with each deployment`,
};

function cloudRunStep(repo: Repo, { path }: Deployment): ManualStep | undefined {
  if (!repo.mentions(path, /\brun\b[\s\S]{0,40}\bdeploy\b/)) return undefined;
  const pushes = repo.mentions(path, /push(?:es)? to (?:the )?`?main\b/i)
    ? '; a push to main deploys by itself, so hold its trigger back until that is done'
    : '';
  return {
    title: `Take the app out of what ${path} deploys to Cloud Run, or give it one instance (--max-instances=1) with a mounted disk: instances there keep no files and share none, so every session, Google's too, ends when another instance answers${pushes}`,
    why: WHY,
    seenBy: SEEN,
  };
}
