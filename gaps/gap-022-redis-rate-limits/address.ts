import type { Repo } from '../../src/contract.ts';
import { type ComposeService, composeModel } from '../../src/read/deploy/compose.ts';
import { dirname, resolve } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';
import type { ServerPackage } from './server-code.ts';

/** The place that should name the address of Redis and does not. */
export interface Missing {
  readonly path: string;
  readonly at: number;
  /** Who lacks it, for people. */
  readonly who: string;
}

const SETTINGS =
  /(^|\/)(\.?env[\w.-]*|[\w.-]*\.env([\w.-]*)?|[\w.-]+\.(ya?ml|toml|tf|tfvars|tpl|md|mdx|sh)|Dockerfile[\w.-]*|(vercel|app|turbo|railway|render|fly)\.json)$/i;

/**
 * Where a package that reads these variables gets none of them: in the service that is deployed, or, where none is
 * described, anywhere in the repository. A file of variables that is not in the repository may hold them.
 */
export function missingAddress(
  repo: Repo,
  { dir }: ServerPackage,
  names: readonly string[],
): Missing | undefined {
  if (names.length === 0) return undefined;
  const isNamed = (text: string | undefined) => names.some((name) => text?.includes(name));
  const services = repo.layout.compose
    .filter(({ deployed }) => deployed !== 'no')
    .flatMap((file) => composeModel(repo, file).services.map((service) => ({ file, service })))
    .filter(({ service }) => isBuiltFrom(service, dir));
  const lacking = services.find(({ file, service }) => !isGiven(repo, file.path, service, isNamed));
  if (lacking)
    return { path: lacking.file.path, at: lacking.service.at, who: `the service ${lacking.service.name}` };
  if (services.length > 0) return undefined;
  const isAnywhere = repo.files.some((path) => SETTINGS.test(path) && isNamed(repo.peek(path)));
  return isAnywhere ? undefined : { path: '', at: 0, who: 'the repository' };
}

function isBuiltFrom({ build, value }: ComposeService, dir: string): boolean {
  if (build === undefined) return false;
  if (build === dir) return true;
  const dockerfile = asRecord(value.build).dockerfile;
  const file = typeof dockerfile === 'string' ? resolve(build, dockerfile) : undefined;
  return dir !== '' && file !== undefined && file.startsWith(`${dir}/`);
}

function isGiven(
  repo: Repo,
  path: string,
  { value, isWhole }: ComposeService,
  isNamed: (text: string | undefined) => boolean,
): boolean {
  const settings = [value.environment, asRecord(value.build).args].flatMap(namesIn);
  if (!isWhole || settings.some(isNamed)) return true;
  const listed = [value.env_file].flat().flatMap((entry) => {
    const name = typeof entry === 'string' ? entry : asRecord(entry).path;
    return typeof name === 'string' ? (resolve(dirname(path), name) ?? []) : [];
  });
  return listed.some((file) => {
    const known = repo.files.filter((each) => each === file || each.startsWith(`${file}.`));
    return known.length === 0 || known.some((each) => isNamed(repo.peek(each)));
  });
}

/** `- NAME=value` or `NAME: value`. */
function namesIn(settings: unknown): readonly string[] {
  if (Array.isArray(settings)) return settings.filter((entry) => typeof entry === 'string');
  return Object.keys(asRecord(settings));
}
