import { once } from './once.ts';
import { dirname } from './paths.ts';
import { asRecord } from './record.ts';
import type { Repo } from './repo.ts';

/** The fields of a package.json that gaps ask for. Anything of another type reads as absent. */
export interface PackageJson {
  readonly name: string | undefined;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** A folder with a package.json. */
export interface Workspace {
  /** '' for the root. */
  readonly dir: string;
  /** The package.json. */
  readonly path: string;
  /** Read at the first access; throws SourceError when it does not parse. */
  readonly manifest: PackageJson;
}

/** Every package.json, except those of vendored or generated trees that hold no manifest of their own. */
export function discoverPackages(repo: Repo): readonly Workspace[] {
  return repo.find(/(^|\/)package\.json$/).map((path) => {
    const manifest = once(() => readManifest(repo.json(path)));
    return {
      dir: dirname(path),
      path,
      get manifest() {
        return manifest();
      },
    };
  });
}

function readManifest(value: unknown): PackageJson {
  const manifest = asRecord(value);
  return {
    name: typeof manifest.name === 'string' ? manifest.name : undefined,
    scripts: strings(manifest.scripts),
    dependencies: strings(manifest.dependencies),
    devDependencies: strings(manifest.devDependencies),
  };
}

function strings(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asRecord(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
