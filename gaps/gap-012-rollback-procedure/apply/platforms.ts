import type { Repo } from '../../../src/contract.ts';
import type { Deployment } from '../../../src/read/deploy/deployments.ts';
import { template } from '../../../src/repo/templates.ts';
import { type CloudRunService, cloudRunServices } from '../read/cloud-run.ts';
import type { ReleaseStack } from '../read/release-stack.ts';
import type { ReleaseState } from '../read.ts';
import { GAP, HOSTS } from '../tables.ts';
import { codes, filled } from './markdown.ts';

/** Which path of deployment is which; nothing where there is but one. */
export function pathsTable({ repo, deployments }: ReleaseState, { script }: ReleaseStack): string {
  const others = deployments.filter(({ path }) => path !== script.path && !script.files.includes(path));
  if (others.length === 0) return '';
  return [
    'There is more than one way into service. Which of them answers visitors, the DNS record of the domain tells.',
    '',
    '| Way | What it does | Way back |',
    '| --- | --- | --- |',
    `| \`${script.path}\` | runs ${codes(script.files)} on the server | [Rollback](#rollback) |`,
    ...others.map((each) => row(repo, each)),
  ].join('\n');
}

function row(repo: Repo, { path, kind, how }: Deployment): string {
  const runs = how === 'Cloud Build' ? cloudRunServices(repo, path) : [];
  if (runs.length > 0)
    return `| \`${path}\` | puts ${codes(runs.map(({ name }) => name))} on Cloud Run | [Rollback on Cloud Run](#rollback-on-cloud-run) |`;
  if (how === 'Cloud Build')
    return `| \`${path}\` | builds images and pushes them; deploys nothing | nothing to take back |`;
  if (kind === 'platform')
    return `| \`${path}\` | settings of ${how}, for whoever deploys there | ${HOSTS[how] ?? `the interface of ${how}`} |`;
  if (kind === 'compose') return `| \`${path}\` | another Compose stack | not described here |`;
  const what = DEPLOYS.test(repo.peek(path) ?? '') ? 'deploys' : 'builds, and deploys nothing';
  const manual =
    kind === 'workflow' && isByHandOnly(repo.peek(path) ?? '') ? ', when it is started by hand' : '';
  const back = what === 'deploys' ? 'not described here' : 'nothing to take back';
  return `| \`${path}\` | ${what}${manual} | ${back} |`;
}

const DEPLOYS =
  /\b(?:ssh|scp|rsync|kubectl|helm|flyctl|vercel|netlify|wrangler|docker[ -]compose|gcloud run (?:deploy|services)|docker stack)\s|uses:[^\n]{0,200}(?:deploy|ssh)/i;

function isByHandOnly(workflow: string): boolean {
  return (
    /^[ \t]{1,20}workflow_dispatch:/m.test(workflow) &&
    !/^[ \t]{1,20}(?:push|schedule|release|workflow_run|pull_request):/m.test(workflow)
  );
}

/** The sections about other hosts that can be described command by command. */
export function platformSections({ repo, deployments }: ReleaseState): string {
  const services = deployments
    .filter(({ how }) => how === 'Cloud Build')
    .flatMap(({ path }) => cloudRunServices(repo, path));
  const [first] = services;
  if (!first) return '';
  const regional = services.filter(({ path, region }) => path === first.path && region === first.region);
  return filled(template(`${GAP}/docs/cloud-run.md`), {
    file: first.path,
    substitutions: substitutionsOf(repo, first.path),
    services: codes(regional.map(({ name }) => name)),
    region: first.region ?? 'the region of the project',
    trigger:
      'Where a trigger of Cloud Build starts it with each push, a push to its branch is the deployment; the triggers stand in the console of Google Cloud, not in this repository.',
    blocks: regional.map(rollbackBlock).join('\n\n'),
    latest: block(
      regional.map((each) => `gcloud run services update-traffic ${each.name}${inRegion(each)} --to-latest`),
    ),
  });
}

/** What a trigger fills in by itself and `gcloud builds submit` leaves empty, and where the checkout has it. */
const FROM_TRIGGER: readonly (readonly [name: RegExp, set: string])[] = [
  [/(?<!\$)\$(?:SHORT_SHA\b|\{SHORT_SHA\})/, 'SHORT_SHA=$(git rev-parse --short HEAD)'],
  [/(?<!\$)\$(?:COMMIT_SHA\b|\{COMMIT_SHA\})/, 'COMMIT_SHA=$(git rev-parse HEAD)'],
  [/(?<!\$)\$(?:REVISION_ID\b|\{REVISION_ID\})/, 'REVISION_ID=$(git rev-parse HEAD)'],
  [/(?<!\$)\$(?:BRANCH_NAME\b|\{BRANCH_NAME\})/, 'BRANCH_NAME=$(git branch --show-current)'],
];

function substitutionsOf(repo: Repo, path: string): string {
  const text = repo.peek(path) ?? '';
  const set = FROM_TRIGGER.flatMap(([name, value]) => (name.test(text) ? [value] : []));
  return set.length === 0 ? '' : ` --substitutions="${set.join(',')}"`;
}

function rollbackBlock(service: CloudRunService): string {
  const { name } = service;
  return block([
    `gcloud run revisions list --service=${name}${inRegion(service)}`,
    `revision=${name}-00042-abc`,
    `gcloud run services update-traffic ${name}${inRegion(service)} --to-revisions="$revision=100"`,
  ]);
}

function block(lines: readonly string[]): string {
  return ['```bash', ...lines, '```'].join('\n');
}

function inRegion({ region }: CloudRunService): string {
  return region === undefined ? '' : ` --region=${region}`;
}
