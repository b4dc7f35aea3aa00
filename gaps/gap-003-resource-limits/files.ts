import {
  type ComposeFile,
  type Detection,
  type ManualStep,
  notApplicable,
  type Repo,
  unknown,
} from '../../src/contract.ts';
import { withIncluded } from '../../src/read/included.ts';
import { basename } from '../../src/repo/paths.ts';
import { stackOf } from './effective.ts';
import { lacksOf } from './limits.ts';
import { type RoledService, servicesOf } from './roles.ts';

/** The file that is deployed and its services, or why there is nothing to look at. */
export type Subject =
  | {
      readonly file: ComposeFile;
      /** It and the files that are read with it, lowest first. */
      readonly stack: readonly ComposeFile[];
      readonly services: readonly RoledService[];
    }
  | { readonly answer: Detection<never> };

interface Candidate {
  readonly file: ComposeFile;
  readonly stack: readonly ComposeFile[];
  readonly services: readonly RoledService[];
}

const NAME_IT: ManualStep = {
  title:
    'Name the Compose file that is deployed where its deployment is written down (docker compose -f FILE up -d in a deploy script or workflow), and run the audit again',
  why: 'Which of the files is started on the server is not written in the repository.',
  seenBy: 'The audit answers for that file.',
};

const LOOK: ManualStep = {
  title:
    'See that each Compose file that is deployed limits the CPUs and the memory of the front end and the gateway',
  why: 'Several commands start the application, each from another file, and only one file is read here.',
  seenBy: 'docker compose -f FILE config shows the limits, for every one of the files.',
};

/** Which Compose file counts: the one that a deploy script names; the only one that runs the application. */
export function subjectOf(repo: Repo): Subject {
  const { compose } = repo.layout;
  if (compose.length === 0) return { answer: notApplicable('no Compose file') };
  const named = compose.filter((file) => file.deployed === 'yes');
  const { files, isWhole } = withIncludedFiles(repo, named.length > 0 ? named : compose);
  const candidates = likely(
    files
      .map((file) => {
        const stack = stackOf(file, compose);
        return { file, stack, services: servicesOf(repo, file, stack) };
      })
      .filter(({ services }) => services.some(({ role }) => role !== 'sibling')),
  );
  const [subject, ...others] = candidates;
  if (!subject) return { answer: withoutApplication(isWhole) };
  if (others.length > 0) return { answer: ambiguous(candidates) };
  const torn = subject.services.find(
    ({ role, missing, value }) => role !== 'sibling' && missing !== undefined && lacksOf(value).length > 0,
  );
  if (!torn) return subject;
  return {
    answer: unknown(`${torn.path}: ${torn.name} extends a service of ${torn.missing}, which is not here`),
  };
}

function withoutApplication(isWhole: boolean): Detection<never> {
  return isWhole
    ? notApplicable('no Compose file builds or runs the front end or a gateway of this repository')
    : unknown('the Compose file takes its services from other files with include, and they are not here');
}

function withIncludedFiles(repo: Repo, files: readonly ComposeFile[]) {
  const { paths, isWhole } = withIncluded(
    repo,
    files.map(({ path }) => path),
  );
  const all = paths.map(
    (path): ComposeFile =>
      files.find((file) => file.path === path) ?? {
        path,
        deployed: 'unknown',
        evidence: 'another Compose file includes it',
        commands: new Map(),
      },
  );
  return { files: all, isWhole };
}

/** Files that nobody deploys, by their own word. */
const ASIDE = /[._-](dev|development|local|tests?|ci|e2e|debug|build|override)[._-]/;

/**
 * What is left of several files: those of one command are one stack, told by its largest file; a file for development
 * gives way to one that is not.
 */
function likely(candidates: readonly Candidate[]): readonly Candidate[] {
  const [largest, ...others] = [...candidates].sort((a, b) => b.services.length - a.services.length);
  if (largest && others.every(({ file }) => largest.stack.includes(file))) return [joined(largest, others)];
  const rest = candidates.filter(({ file }) => file.deployed === 'yes' || !ASIDE.test(basename(file.path)));
  return rest.length > 0 ? rest : candidates;
}

/** With what only another file of the stack builds or runs of the application. */
function joined(largest: Candidate, others: readonly Candidate[]): Candidate {
  const services = new Map(largest.services.map((service) => [service.name, service]));
  for (const service of others.flatMap((other) => other.services)) {
    const known = services.get(service.name)?.role ?? 'sibling';
    if (service.role !== 'sibling' && known === 'sibling') services.set(service.name, service);
  }
  return { ...largest, services: [...services.values()] };
}

const SHOWN = 3;

function ambiguous(candidates: readonly Candidate[]): Detection<never> {
  const names = candidates.map(({ file }) => file.path);
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  const some = `${names.slice(0, SHOWN).join(', ')}${more}`;
  if (candidates.every(({ file }) => file.deployed === 'yes')) {
    return unknown(`several commands deploy the application, each with its own Compose file (${some})`, [
      LOOK,
    ]);
  }
  return unknown(
    `several Compose files run the application (${some}) and nothing says which of them is deployed`,
    [NAME_IT],
  );
}
