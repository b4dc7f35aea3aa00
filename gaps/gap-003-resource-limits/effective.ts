import type { ComposeFile, Repo } from '../../src/contract.ts';
import { type ComposeService, composeModel } from '../../src/read/compose.ts';
import { basename, dirname, resolve } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';

type Value = Readonly<Record<string, unknown>>;

/** A service as Compose runs it: with what it extends and with what other files of the same command add. */
export interface EffectiveService extends ComposeService {
  /** A file that it extends and that is not in the repository: what it brings cannot be read. */
  readonly missing: string | undefined;
  /** Another file speaks about its resources, so an entry in this one may contradict it. */
  readonly isSplit: boolean;
}

/** The services of a file, completed. */
export function effectiveServices(
  repo: Repo,
  file: Pick<ComposeFile, 'path'>,
  overlays: readonly ComposeFile[],
): readonly EffectiveService[] {
  return composeModel(repo, file).services.map((service) => {
    const { value, missing } = extended(repo, file.path, service.name, new Set());
    const added = overlays.flatMap((overlay) => {
      const found = composeModel(repo, overlay).services.find(({ name }) => name === service.name);
      return found ? [found.value] : [];
    });
    return {
      ...service,
      value: added.reduce(merged, value),
      missing,
      isSplit: added.some((each) => each.deploy !== undefined || 'mem_limit' in each || 'cpus' in each),
    };
  });
}

/** The files that are read together with this one: named by the same command, or loaded by Compose itself. */
export function overlaysOf({ path, deployed, evidence }: ComposeFile, all: readonly ComposeFile[]) {
  const isDefault = /^(docker-)?compose\.ya?ml$/.test(basename(path));
  return all.filter((other) => {
    if (other.path === path) return false;
    if (deployed === 'yes') return other.deployed === 'yes' && other.evidence === evidence;
    const isOverride = /^(docker-)?compose\.override\.ya?ml$/.test(basename(other.path));
    return deployed === 'unknown' && isDefault && isOverride && dirname(other.path) === dirname(path);
  });
}

interface Extended {
  readonly value: Value;
  readonly missing: string | undefined;
}

function extended(repo: Repo, path: string, name: string, seen: Set<string>): Extended {
  const service = composeModel(repo, { path }).services.find((each) => each.name === name);
  const own = service?.value ?? {};
  const { extends: source } = own;
  const key = `${path}#${name}`;
  if (source === undefined || seen.has(key)) return { value: own, missing: undefined };
  seen.add(key);
  const { file, service: named } = asRecord(source);
  const base = typeof source === 'string' ? source : named;
  const from = typeof file === 'string' ? resolve(dirname(path), file) : path;
  if (typeof base !== 'string') return { value: own, missing: undefined };
  if (from === undefined || !repo.exists(from)) return { value: own, missing: String(file) };
  const { value, missing } = extended(repo, from, base, seen);
  return { value: merged(value, own), missing };
}

/** Maps are merged, everything else is replaced: enough for what limits a service. */
function merged(under: Value, over: Value): Value {
  const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(
    keys.map((key) => {
      const [below, above] = [under[key], over[key]];
      if (above === undefined) return [key, below];
      return [key, isMap(below) && isMap(above) ? merged(asRecord(below), asRecord(above)) : above];
    }),
  );
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
