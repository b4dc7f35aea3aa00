import { type ComposeFile, type Detection, notApplicable, type Repo, unknown } from '../../src/contract.ts';
import { composeModel } from '../../src/read/compose.ts';
import { type RoledService, servicesOf } from './roles.ts';

/** The file that is deployed and its services, or why there is nothing to look at. */
export type Subject =
  | { readonly file: ComposeFile; readonly services: readonly RoledService[] }
  | { readonly answer: Detection<never> };

/** Which Compose file counts: the one that a deploy script names; the only one that runs the application. */
export function subjectOf(repo: Repo): Subject {
  const { compose } = repo.layout;
  if (compose.length === 0) return { answer: notApplicable('no Compose file') };
  const deployed = compose.filter((file) => file.deployed === 'yes');
  const candidates = (deployed.length > 0 ? deployed : compose)
    .map((file) => ({ file, services: servicesOf(repo, file) }))
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
      `several Compose files run the application (${names}) and nothing says which of them is deployed`,
    ),
  };
}
