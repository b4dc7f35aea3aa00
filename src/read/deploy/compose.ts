import { lazy } from '../../repo/lazy.ts';
import { oncePer } from '../../repo/once.ts';
import { dirname, join, resolve } from '../../repo/paths.ts';
import { asRecord } from '../../repo/record.ts';
import type { ComposeFile, Repo, YamlDocument } from '../../repo/repo.ts';
import { yamlValue } from './yaml-value.ts';

/** A service of one Compose file, merge keys resolved. `extends` and `include` are not followed: see `isWhole`. */
export interface ComposeService {
  readonly name: string;
  /** Offset of its key. */
  readonly at: number;
  readonly value: Readonly<Record<string, unknown>>;
  /** Folder that its image is built from, relative to the root; undefined where it is not built here. */
  readonly build: string | undefined;
  /** False where `extends` takes a part of it from elsewhere. */
  readonly isWhole: boolean;
}

/** A Compose file as it was read. */
export interface ComposeModel {
  readonly path: string;
  readonly services: readonly ComposeService[];
  /** False where `include` brings services from other files. */
  readonly isWhole: boolean;
}

const known = new WeakMap<Repo, Map<string, ComposeModel>>();

/**
 * The model of a Compose file.
 * @throws SourceError when it is not YAML.
 */
export function composeModel(repo: Repo, { path }: Pick<ComposeFile, 'path'>): ComposeModel {
  const models = known.get(repo) ?? new Map<string, ComposeModel>();
  known.set(repo, models);
  const model = models.get(path) ?? readModel(repo, path);
  models.set(path, model);
  return model;
}

/** The service of that name. */
export function serviceOf(model: ComposeModel, name: string): ComposeService | undefined {
  return byName(model).get(name);
}

const byName = oncePer(
  ({ services }: ComposeModel) => new Map(services.map((service) => [service.name, service])),
);

function readModel(repo: Repo, path: string): ComposeModel {
  const document = repo.mergedYaml(path)[0];
  const merged = asRecord(yamlValue(repo, path));
  const services = asRecord(merged.services);
  const offsets = document ? keyOffsets(document) : undefined;
  return {
    path,
    isWhole: merged.include === undefined,
    services: Object.entries(services).map(([name, value]) => ({
      name,
      at: offsets?.get(name) ?? 0,
      value: asRecord(value),
      build: buildFolder(repo, path, asRecord(value).build),
      isWhole: asRecord(value).extends === undefined,
    })),
  };
}

/** Where the key of each service stands. */
function keyOffsets(document: YamlDocument): ReadonlyMap<string, number> {
  const { isMap, isScalar } = lazy.yaml();
  const services = document.get('services', true);
  const keys = isMap(services) ? services.items.map(({ key }) => key).filter(isScalar) : [];
  return new Map(keys.map(({ value, range }) => [String(value), range?.[0] ?? 0]));
}

/** The context, or, where a monorepo is built from its root, the package whose Dockerfile is named. */
function buildFolder(repo: Repo, path: string, build: unknown): string | undefined {
  const { context: written, dockerfile } = asRecord(build);
  const context = typeof build === 'string' ? build : written;
  if (typeof context !== 'string') return build === undefined || build === null ? undefined : dirname(path);
  const folder = resolve(dirname(path), context);
  const file =
    folder !== undefined && typeof dockerfile === 'string' ? resolve(folder, dockerfile) : undefined;
  const named = file === undefined ? undefined : dirname(file);
  return named !== undefined && repo.exists(join(named, 'package.json')) ? named : folder;
}
