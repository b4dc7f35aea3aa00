import type { Repo } from '../../../src/contract.ts';
import { isInside } from '../../../src/repo/paths.ts';

/** What changes the database of a service when it is deployed. */
export interface Migrations {
  readonly service: string;
  /** A file, or the folder that holds them. */
  readonly path: string;
  /** Says how each of them is taken back. */
  readonly hasWayDown: boolean;
}

const MIGRATION =
  /(^|\/)(?:migrations?|alembic\/versions)(?:\.[cm]?[jt]s$|\/[^/]+(?:\/migration)?\.(?:sql|py|[cm]?[jt]s)$)/;
const TEST = /(^|\/)(?:__tests__|tests?|dist|node_modules)\/|\.(?:test|spec)\./;

/** The migrations of services, by the folders that they are built from. */
export function migrationsOf(
  repo: Repo,
  services: readonly { readonly name: string; readonly build: string | undefined }[],
): readonly Migrations[] {
  const files = repo.find(MIGRATION).filter((path) => !TEST.test(path));
  return services.flatMap(({ name, build }) => {
    const own = build === undefined ? [] : files.filter((path) => isInside(build, path));
    const places = [...new Set(own.map(placeOf))];
    return places.map((path) => ({
      service: name,
      path,
      hasWayDown: own
        .filter((file) => placeOf(file) === path)
        .some(
          (file) => repo.mentions(file, /\bdowngrade\b|\bdown\s*[(:=]/) || /\.down\.|\/down\./.test(file),
        ),
    }));
  });
}

/** The folder of migrations, or the one file that holds them all. */
function placeOf(path: string): string {
  return /^(?:.*?\/)?(?:migrations?|alembic\/versions)(?=\/)/.exec(path)?.[0] ?? path;
}
