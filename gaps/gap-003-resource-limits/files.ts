import { type ComposeFile, type Detection, notApplicable, type Repo, unknown } from '../../src/contract.ts';
import { composeModel } from '../../src/read/compose.ts';
import { type RoledService, servicesOf } from './roles.ts';

/** The file that is deployed and its services, or why there is nothing to look at. */
export type Subject =
  | {
      readonly file: ComposeFile;
      /** The files that are laid over it when it is started. */
      readonly layers: readonly ComposeFile[];
      readonly services: readonly RoledService[];
    }
  | { readonly answer: Detection<never> };

/** Which Compose file counts: the one that a deploy script names; the only one that runs the application. */
export function subjectOf(repo: Repo): Subject {
  const { compose } = repo.layout;
  if (compose.length === 0) return { answer: notApplicable('no Compose file') };
  const deployed = compose.filter((file) => file.deployed === 'yes');
  const candidates = (deployed.length > 0 ? deployed : compose)
    .filter((file) => !isOverride(file, compose))
    .map((file) => {
      const layers = layersOver(file, compose);
      return { file, layers, services: servicesOf(repo, file, layers) };
    })
    .filter(({ services }) => services.some(({ role }) => role !== 'sibling'));
  const [subject, ...others] = candidates;
  if (!subject) {
    if (compose.some((file) => !composeModel(repo, file).isWhole)) {
      return { answer: unknown('the Compose file takes its services from other files with include') };
    }
    return { answer: notApplicable('no Compose file builds the front end or a gateway') };
  }
  if (others.length === 0) return subject;
  const names = candidates.map(({ file }) => file.path).join(', ');
  return {
    answer: unknown(
      deployed.length > 0
        ? `several Compose files that run the application are deployed (${names}), and each may hold the limits`
        : `several Compose files run the application (${names}) and nothing says which of them is deployed`,
    ),
  };
}

const OVERRIDE = /\.override(?=\.ya?ml$)/;

/** `compose.override.yml` is taken along by every command that names no file. */
function isOverride({ path }: ComposeFile, compose: readonly ComposeFile[]): boolean {
  return OVERRIDE.test(path) && compose.some((file) => file.path === path.replace(OVERRIDE, ''));
}

function layersOver(file: ComposeFile, compose: readonly ComposeFile[]): readonly ComposeFile[] {
  return compose.filter((other) =>
    file.deployed === 'yes'
      ? other !== file && other.deployed === 'yes'
      : OVERRIDE.test(other.path) && other.path.replace(OVERRIDE, '') === file.path,
  );
}
