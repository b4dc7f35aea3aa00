import type { Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import type { ComposeService } from '../../../src/read/deploy/compose.ts';
import { readableStack } from '../../../src/read/deploy/readable-stack.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { dirname, resolve } from '../../../src/repo/paths.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { ServerPackage } from './server-packages.ts';
import { withImports } from './shared-counters.ts';

/** A limiter on Redis to which nobody says where its Redis is. */
export interface LackingAddress {
  /** The variables that would say it. */
  readonly variables: readonly string[];
  /** The service that lacks it; undefined where no stack describes one, and nothing else says it either. */
  readonly service: { readonly path: string; readonly at: number; readonly name: string } | undefined;
}

const ADDRESS =
  /\b[A-Z][A-Z0-9_]{0,60}(?:REDIS|VALKEY|UPSTASH|KV_REST|KV_URL)[A-Z0-9_]*\b|\b(?:REDIS|VALKEY|UPSTASH|KV_REST_API|KV_URL)[A-Z0-9_]*\b/g;
const LEADS_THERE = /(URL|URI|HOST|ENDPOINT|ADDR|SENTINEL|CLUSTER|NODES)/;
const SETTINGS =
  /(^|\/)(\.?env[\w.-]*|[\w.-]*\.env([\w.-]*)?|[\w.-]+\.(ya?ml|toml|tf|tfvars|tpl|md|mdx|sh)|Dockerfile[\w.-]*|(vercel|app|turbo|railway|render|fly)\.json)$/i;

/**
 * Whether a limiter reads variables of which its package gets none: in the service that is deployed, or, where none is
 * described, anywhere in the repository. A file of variables that is not in the repository may hold them.
 */
export function lackingAddress(repo: Repo, within: ServerPackage, path: string): LackingAddress | undefined {
  const variables = variablesOf(repo, within, path);
  if (variables.length === 0) return undefined;
  const isNamed = (text: string | undefined) => variables.some((name) => text?.includes(name));
  const services = servicesOf(repo, within);
  const lacking = services.find(({ file, service }) => !isGiven(repo, file, service, isNamed));
  if (lacking) {
    const { name, at } = lacking.service;
    return { variables, service: { path: lacking.file, at, name } };
  }
  if (services.length > 0) return undefined;
  const isAnywhere = repo.find(SETTINGS).some((each) => isNamed(repo.peek(each)));
  return isAnywhere ? undefined : { variables, service: undefined };
}

/** The variables that tell a limiter where its server is: read in its file or up to two imports away. */
function variablesOf(repo: Repo, within: ServerPackage, path: string): readonly string[] {
  const names = new Set<string>();
  for (const file of withImports(repo, within, withImports(repo, within, [path]))) {
    const text = repo.peek(file) ?? '';
    if (text.includes('Redis.fromEnv()')) names.add('UPSTASH_REDIS_REST_URL').add('KV_REST_API_URL');
    for (const [name] of withoutComments(repo, file).matchAll(ADDRESS))
      if (LEADS_THERE.test(name) && isRead(text, name)) names.add(name);
  }
  return [...names];
}

function isRead(text: string, name: string): boolean {
  return new RegExp(
    `\\benv(?:\\.|\\[['"])${escaped(name)}|\\b(?:getenv|get|env)\\w*\\(\\s*['"]${escaped(name)}`,
  ).test(text);
}

function servicesOf(repo: Repo, { dir }: ServerPackage) {
  return repo.layout.compose
    .filter(({ deployed }) => deployed !== 'no')
    .flatMap((file) =>
      (readableStack(repo, file)?.services ?? []).map((service) => ({ file: file.path, service })),
    )
    .filter(({ service }) => isBuiltFrom(service, dir));
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
