import { oncePer } from '../../repo/once.ts';
import type { Repo } from '../../repo/repo.ts';
import { readableStack } from '../deploy/readable-stack.ts';
import { jsonFiles } from './json-stores.ts';
import type { Mechanism, StoreKind } from './mechanism.ts';
import { otherClients, packageClients } from './store-clients.ts';
import { infrastructureStores } from './store-infrastructure.ts';
import { storeSchemas } from './store-schemas.ts';
import { IMAGES } from './store-tables.ts';

export type { Mechanism, StoreKind } from './mechanism.ts';

/** Everything that keeps data in this repository, one entry for each kind and package, stack or schema. */
export const persistenceOf = oncePer((repo: Repo): readonly Mechanism[] => [
  ...composeStores(repo),
  ...infrastructureStores(repo),
  ...packageClients(repo),
  ...otherClients(repo),
  ...storeSchemas(repo),
  ...jsonFiles(repo),
]);

/** The kinds, each once, in the order in which they are found. */
export function storeKinds(mechanisms: readonly Mechanism[]): readonly StoreKind[] {
  return [...new Set(mechanisms.map(({ kind }) => kind))];
}

function composeStores(repo: Repo): readonly Mechanism[] {
  return repo.layout.compose
    .filter(({ deployed }) => deployed !== 'no')
    .flatMap((file) =>
      (readableStack(repo, file)?.services ?? []).flatMap(({ value, at }): Mechanism[] => {
        const kind = serviceKind(value);
        return kind === undefined ? [] : [{ kind, path: file.path, at, how: 'service', orphan: false }];
      }),
    );
}

/** A file of SQLite, by the address or the path that a service is handed. */
const DATABASE_FILE = /\b(?:file|sqlite|libsql):[\w./-]+|\/[\w./-]{1,200}\.(?:db|sqlite3?)\b/;

/** What a service keeps data in: its image is a database, or it is handed a file of one in its volume. */
function serviceKind(service: Readonly<Record<string, unknown>>): StoreKind | undefined {
  const image = typeof service.image === 'string' ? service.image : '';
  const kind = IMAGES.find(([pattern]) => pattern.test(image))?.[1];
  if (kind !== undefined || service.volumes === undefined) return kind;
  const handed = JSON.stringify([service.environment ?? null, service.command ?? null]);
  return DATABASE_FILE.test(handed) ? 'SQLite' : undefined;
}
