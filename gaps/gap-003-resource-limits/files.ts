import {
  type ComposeFile,
  type Detection,
  type ManualStep,
  notApplicable,
  type Repo,
  unknown,
} from '../../src/contract.ts';
import { withIncluded } from '../../src/read/deploy/included.ts';
import { CHOOSE_COMPOSE, deployedStacks, impliedStack, type Stack } from '../../src/read/deploy/stacks.ts';
import { basename } from '../../src/repo/paths.ts';
import { lacksOf } from './limits.ts';
import { type RoledService, servicesOf, withSingle } from './roles.ts';

/** Files that are read together, and the services that they make. */
export interface ReadStack {
  /** Lowest first. */
  readonly files: Stack;
  readonly services: readonly RoledService[];
}

/** The stacks that run the application where it is deployed, or why there is nothing to look at. */
export type Subject =
  | { readonly stacks: readonly ReadStack[]; readonly evidence: string }
  | { readonly answer: Detection<never> };

/**
 * The stacks that are deployed; where nothing says which, or what is deployed is something else, the only one that runs
 * the application.
 */
export function subjectOf(repo: Repo): Subject {
  const { compose } = repo.layout;
  if (compose.length === 0) return { answer: notApplicable('no Compose file') };
  const deployed = deployedStacks(repo).map((stack) => candidateOf(repo, stack));
  const started = deployed.filter(runsApplication);
  if (started.length > 0) return whole(started);
  const open = compose.filter((file) => file.deployed !== 'yes' && !file.isAside);
  if (deployed.length === 0 && open.length === 0) return { answer: nobodyDeploys(compose) };
  const others = open.map((file) => candidateOf(repo, impliedStack(repo, file)));
  const [first, ...more] = likely(others.filter(runsApplication));
  if (!first) return { answer: withoutApplication([...deployed, ...others].every(({ isWhole }) => isWhole)) };
  return more.length > 0 ? { answer: ambiguous([first, ...more]) } : whole([first]);
}

function runsApplication({ stacks }: Candidate): boolean {
  return stacks.length > 0;
}

function whole(candidates: readonly Candidate[]): Subject {
  const stacks = candidates.flatMap((candidate) => candidate.stacks);
  return tornAnswer(stacks) ?? { stacks, evidence: evidenceOf(stacks) };
}

/** A stack with what it includes. */
interface Candidate {
  readonly files: Stack;
  /** It and each file that it includes, where they run a part of the application. */
  readonly stacks: readonly ReadStack[];
  readonly isWhole: boolean;
  readonly paths: readonly string[];
}

function candidateOf(repo: Repo, files: Stack): Candidate {
  const own = files.map(({ path }) => path);
  const { paths, isWhole } = withIncluded(repo, own);
  const included = paths
    .filter((path) => !own.includes(path))
    .map((path): ComposeFile => {
      const known = repo.layout.compose.find((file) => file.path === path);
      return (
        known ?? {
          path,
          deployed: 'unknown',
          isAside: false,
          evidence: 'a Compose file includes it',
          commands: new Map(),
        }
      );
    });
  const stacks = [files, ...included.map((file) => [file])]
    .map((stack) => readStack(repo, stack))
    .filter(({ services }) => services.some(({ role }) => role !== 'sibling'));
  return { files, stacks, isWhole, paths };
}

/**
 * Each service once: told by the file that says what it is to the application, of these by the one that says most, of
 * equals by the one that is laid over the others.
 */
function readStack(repo: Repo, files: Stack): ReadStack {
  const parts = files
    .map((file) => servicesOf(repo, file, files))
    .reverse()
    .sort((a, b) => rank(b) - rank(a));
  const services = new Map<string, RoledService>();
  for (const service of parts.flat()) {
    const known = services.get(service.name);
    if (!known || (known.role === 'sibling' && service.role !== 'sibling'))
      services.set(service.name, service);
  }
  return { files, services: withSingle(repo, [...services.values()]) };
}

function rank(services: readonly RoledService[]): number {
  const runsApplication = services.some(({ role }) => role !== 'sibling');
  return services.length + (runsApplication ? 1_000 : 0);
}

/** Parts of a stack that are built or laid over it, by their names. */
const PARTS = /[._-](build|override)[._-]/;

/** Without what another one includes or is laid over by, and without parts where there is a whole. */
function likely(candidates: readonly Candidate[]): readonly Candidate[] {
  const roots = candidates.filter(
    (one, index) =>
      !candidates.some(
        (other, at) =>
          at !== index &&
          one.files.every(({ path }) => other.paths.includes(path)) &&
          (one.files.length < other.paths.length || at < index),
      ),
  );
  const whole = roots.filter(({ files }) => files.some(({ path }) => !PARTS.test(basename(path))));
  return whole.length > 0 ? whole : roots;
}

function tornAnswer(stacks: readonly ReadStack[]): { readonly answer: Detection<never> } | undefined {
  const torn = stacks
    .flatMap(({ services }) => services)
    .find(
      ({ role, missing, value }) => role !== 'sibling' && missing !== undefined && lacksOf(value).length > 0,
    );
  if (!torn) return undefined;
  return {
    answer: unknown(`${torn.path}: ${torn.name} extends a service of ${torn.missing}, which is not here`),
  };
}

function evidenceOf(stacks: readonly ReadStack[]): string {
  const files = [
    ...new Map(stacks.flatMap((stack) => stack.files).map((file) => [file.path, file])).values(),
  ];
  const [only, ...others] = files;
  if (only && others.length === 0)
    return only.deployed === 'no'
      ? `${only.evidence}, and no other file runs the application`
      : only.evidence;
  return files.map(({ path, evidence }) => `${path}: ${evidence}`).join('; ');
}

function nobodyDeploys(compose: readonly ComposeFile[]): Detection<never> {
  const reasons = compose.map(({ path, evidence }) => `${path}: ${evidence}`);
  return notApplicable(
    `no Compose file here is deployed (${shortened(reasons, '; ')}); where one is, ${CHOOSE_COMPOSE}`,
  );
}

function withoutApplication(isWhole: boolean): Detection<never> {
  return isWhole
    ? notApplicable('no Compose file builds or runs the front end or a gateway of this repository')
    : unknown('the Compose file takes its services from other files with include, and they are not here');
}

const CHOOSE: ManualStep = {
  title: `Say which Compose file is deployed: ${CHOOSE_COMPOSE}`,
  why: 'Which of the files is started on the server is not written in the repository.',
  seenBy: 'The audit answers for that file.',
};

function ambiguous(candidates: readonly Candidate[]): Detection<never> {
  const names = candidates.map(({ files }) => files.map(({ path }) => path).join(' + '));
  return unknown(
    `several Compose files run the application (${shortened(names, ', ')}) and nothing says which of them is deployed; ${CHOOSE_COMPOSE}`,
    [CHOOSE],
  );
}

const SHOWN = 3;

function shortened(names: readonly string[], separator: string): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `${names.slice(0, SHOWN).join(separator)}${more}`;
}
