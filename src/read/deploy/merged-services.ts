import { dirname, resolve } from '../../repo/paths.ts';
import { asRecord } from '../../repo/record.ts';
import type { Repo } from '../../repo/repo.ts';
import { type ComposeService, composeModel, serviceOf } from './compose.ts';
import { interpolate } from './interpolation.ts';

/** The fields of a service in a Compose file. */
export type Fields = Readonly<Record<string, unknown>>;

/** A service as Compose runs it: with what it extends and with what other files of the same command add. */
export interface MergedService extends ComposeService {
  /** The file that says what it is; of several, the one that is laid over the others. */
  readonly path: string;
  /** What that file alone says of it. */
  readonly own: Fields;
  /** What each file says of it, with what it extends there, lowest first. */
  readonly parts: readonly ServicePart[];
  /** Its image, of `${NAME:-image}` the default; '' where it is built and has no name. */
  readonly image: string;
  /** A file that it extends and that is not in the repository: what it brings cannot be read. */
  readonly missing: string | undefined;
}

/** What one file says of a service. */
export interface ServicePart {
  readonly path: string;
  readonly value: Fields;
}

/** The services of files that one command reads, lowest first, each service once. */
export function mergedServices(repo: Repo, paths: readonly string[]): readonly MergedService[] {
  const names = new Set(
    paths.flatMap((path) => composeModel(repo, { path }).services.map(({ name }) => name)),
  );
  return [...names].map((name) => mergedService(repo, paths, name));
}

function mergedService(repo: Repo, paths: readonly string[], name: string): MergedService {
  const parts = paths.flatMap((path) => {
    const service = serviceOf(composeModel(repo, { path }), name);
    return service ? [{ path, service, ...extended(repo, path, service, new Set()) }] : [];
  });
  const main = parts.findLast(({ service }) => saysWhatItIs(service)) ?? parts.at(-1);
  const value = parts.map((part) => part.value).reduce(mergedFields, {});
  return {
    name,
    value,
    parts,
    path: main?.path ?? '',
    at: main?.service.at ?? 0,
    own: main?.service.value ?? {},
    isWhole: main?.service.isWhole ?? true,
    build: parts.findLast(({ build }) => build !== undefined)?.build,
    image: imageOf(value),
    missing: parts.find(({ missing }) => missing !== undefined)?.missing,
  };
}

function saysWhatItIs({ value }: ComposeService): boolean {
  return value.build !== undefined || value.image !== undefined || value.extends !== undefined;
}

function imageOf({ image }: Fields): string {
  return typeof image === 'string' ? interpolate(image, () => undefined).value.replace(/:$/, '') : '';
}

interface Extended {
  readonly value: Fields;
  readonly build: string | undefined;
  readonly missing: string | undefined;
}

function extended(
  repo: Repo,
  path: string,
  { name, value: own, build }: ComposeService,
  seen: Set<string>,
): Extended {
  const { extends: source } = own;
  const alone = { value: own, build, missing: undefined };
  const key = `${path}#${name}`;
  if (source === undefined || seen.has(key)) return alone;
  seen.add(key);
  const { file, service: named } = asRecord(source);
  const base = typeof source === 'string' ? source : named;
  const from = typeof file === 'string' ? resolve(dirname(path), file) : path;
  if (typeof base !== 'string') return alone;
  if (from === undefined || !repo.exists(from)) return { ...alone, missing: String(file) };
  const found = serviceOf(composeModel(repo, { path: from }), base);
  if (!found) return alone;
  const under = extended(repo, from, found, seen);
  return {
    value: mergedFields(under.value, own),
    build: build ?? under.build,
    missing: under.missing,
  };
}

/** Maps are merged, and lists of settings; everything else is replaced: enough for what a service is and what limits it. */
export function mergedFields(under: Fields, over: Fields): Fields {
  const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(keys.map((key) => [key, merged(key, under[key], over[key])]));
}

function merged(key: string, below: unknown, above: unknown): unknown {
  if (above === undefined) return below;
  if (isMap(below) && isMap(above)) return mergedFields(asRecord(below), asRecord(above));
  if (key !== 'environment' || !Array.isArray(below) || !Array.isArray(above)) return above;
  const named = new Set(above.map(nameOf));
  return [...below.filter((setting) => !named.has(nameOf(setting))), ...above];
}

/** `NAME=value` sets what another file may have set. */
function nameOf(setting: unknown): string {
  return String(setting).split('=', 1)[0] ?? '';
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
