import type { PackageJson, Repo, Workspace } from './model.ts';
import { once } from './once.ts';
import { dirname } from './paths.ts';
import { asRecord } from './record.ts';

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
