import { oncePer } from '../../repo/once.ts';
import { basename } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import { isMaterial, standingOf } from '../../repo/standing.ts';
import { blankComments } from '../code/comments.ts';
import { CHOOSE_COMPOSE } from './stacks.ts';

/** A file that says that, and how, the repository is put into service. */
export interface Deployment {
  readonly path: string;
  readonly kind: 'compose' | 'platform' | 'workflow' | 'script';
  /** For people: `Cloud Build`, `a Compose stack`. */
  readonly how: string;
}

const PLATFORMS: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)cloudbuild[\w.-]*\.ya?ml$/, 'Cloud Build'],
  [/(^|\/)vercel\.json$/, 'Vercel'],
  [/(^|\/)netlify\.toml$/, 'Netlify'],
  [/(^|\/)fly\.toml$/, 'Fly.io'],
  [/(^|\/)render\.ya?ml$/, 'Render'],
  [/(^|\/)railway\.(json|toml)$/, 'Railway'],
  [/(^|\/)apphosting\.ya?ml$/, 'Firebase App Hosting'],
  [/(^|\/)wrangler\.(toml|jsonc?)$/, 'Cloudflare'],
  [/(^|\/)amplify\.yml$/, 'AWS Amplify'],
  [/(^|\/)\.do\/(app|deploy\.template)\.ya?ml$/, 'DigitalOcean'],
  [/^Procfile$/, 'a Procfile'],
  [/(^|\/)Chart\.yaml$/, 'a Helm chart'],
];
/** The names of all these files start so: one search instead of one for each. */
const CALLED =
  /(^|\/)(?:cloudbuild|vercel|netlify|fly|render|railway|apphosting|wrangler|amplify|app|deploy|Procfile|Chart)[\w.-]*$/;
const SCRIPT = /(^|\/)deploy[\w.-]*\.(sh|bash|mjs|js|ts|ps1)$/i;
const ACTS = /\b(docker|ssh|rsync|scp|kubectl|helm|gcloud|flyctl|pm2|systemctl|aws|az|firebase)\s/;
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const DEPLOYS = /deploy|release to|rollout|publish (?:the )?(?:app|site|server)/i;
/** Pages of documentation are not the product; a package that is published is not deployed. */
const NOT_THE_PRODUCT =
  /(?<![a-z])docs?(?![a-z])|documentation|pages|blog|storybook|npm|preview|chromatic|playground|website|extension|desktop/i;
/** Where the product is written about. */
const WEBSITE = /(^|\/)website\//i;

/** A program of that name which is a part of the product deploys for others. */
const PART_OF_THE_PRODUCT = /(^|\/)(?:src|app|components|lib|server)\/.*\.[cm]?[jt]s$/;

/** A database of one's own on a platform is not the application. */
const SERVES_DATA = /^[ \t]*internal_port[ \t]*=[ \t]*(?:6379|5432|3306|27017|9200)\b/m;

/** How the repository is deployed, by what stands in it; empty where nothing says that it is. */
export const deploymentsOf = oncePer((repo: Repo): readonly Deployment[] => [
  ...stacks(repo),
  ...platforms(repo),
  ...scripts(repo),
  ...workflows(repo),
]);

/** Why a repository counts as not deployed, and what a person can say to that. */
export function notDeployedReason({ layout }: Repo): string {
  const reason = 'nothing here says that it is deployed';
  return layout.compose.length > 0 ? `${reason}; where a Compose file is, ${CHOOSE_COMPOSE}` : reason;
}

function stacks(repo: Repo): readonly Deployment[] {
  return repo.layout.compose
    .filter(
      ({ path, deployed }) =>
        deployed === 'yes' || (deployed === 'unknown' && /prod|deploy/i.test(path) && isOfProduct(path)),
    )
    .map(({ path }) => ({ path, kind: 'compose', how: 'a Compose stack' }));
}

function platforms(repo: Repo): readonly Deployment[] {
  const called = repo.find(CALLED);
  return PLATFORMS.flatMap(([pattern, how]) =>
    called
      .filter((path) => pattern.test(path) && isOfProduct(path) && !SERVES_DATA.test(repo.peek(path) ?? ''))
      .map((path): Deployment => ({ path, kind: 'platform', how })),
  );
}

function scripts(repo: Repo): readonly Deployment[] {
  return repo
    .find(SCRIPT)
    .filter(
      (path) => isOfProduct(path) && !PART_OF_THE_PRODUCT.test(path) && ACTS.test(shellCode(repo, path)),
    )
    .map((path) => ({ path, kind: 'script', how: 'a script' }));
}

function isOfProduct(path: string): boolean {
  return !isMaterial(path) && standingOf(path) !== 'docs' && !WEBSITE.test(path);
}

function shellCode(repo: Repo, path: string): string {
  const text = repo.peek(path) ?? '';
  return /\.(sh|bash|ps1)$/.test(path) ? text.replace(/^[ \t]*#.*$/gm, '') : blankComments(text);
}

function workflows(repo: Repo): readonly Deployment[] {
  return repo.find(WORKFLOW).flatMap((path): Deployment[] => {
    const text = repo.peek(path) ?? '';
    const title = `${basename(path)} ${/^name:(.*)$/m.exec(text)?.[1] ?? ''}`;
    const isDeploy = DEPLOYS.test(title) && !NOT_THE_PRODUCT.test(title);
    return isDeploy ? [{ path, kind: 'workflow', how: 'a workflow' }] : [];
  });
}
