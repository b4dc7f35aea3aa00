import type { ComposeFile, Repo } from '../../src/contract.ts';
import { type ComposeService, composeModel } from '../../src/read/deploy/compose.ts';
import type { Stack } from '../../src/read/deploy/stacks.ts';
import { dirname, resolve } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';
import type { Fields } from './amounts.ts';
import { speaksOfResources } from './limits.ts';

/** A service as Compose runs it: with what it extends and with what other files of the same command add. */
export interface EffectiveService extends ComposeService {
  /** The file that it stands in. */
  readonly path: string;
  /** What that file alone says of it. */
  readonly own: Fields;
  /** A file that it extends and that is not in the repository: what it brings cannot be read. */
  readonly missing: string | undefined;
  /** Another file that speaks about its resources, so that an entry in this one may contradict it. */
  readonly layer: string | undefined;
}

/** The services of a file, completed by the stack that it belongs to. */
export function effectiveServices(
  repo: Repo,
  { path }: Pick<ComposeFile, 'path'>,
  stack: Stack,
): readonly EffectiveService[] {
  return composeModel(repo, { path }).services.map((service) => {
    const parts = stack.map((file) => ({
      path: file.path,
      ...extended(repo, file.path, service.name, new Set()),
    }));
    return {
      ...service,
      path,
      own: service.value,
      value: parts.map(({ value }) => value).reduce(merged, {}),
      missing: parts.find(({ missing }) => missing !== undefined)?.missing,
      layer: parts.find((part) => part.path !== path && speaksOfResources(part.value))?.path,
    };
  });
}

interface Extended {
  readonly value: Fields;
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
export function merged(under: Fields, over: Fields): Fields {
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
