import type { Repo } from '../../contract.ts';
import { oncePer } from '../../repo/once.ts';
import { cloudDatabasesOf } from './cloud-databases.ts';
import { clusterStores } from './cluster-stores.ts';
import { codeStores, foreignSqlite } from './code-stores.ts';
import { composeStores } from './compose-stores.ts';
import type { Store } from './store.ts';

/** The stores of what is deployed: databases in Compose and in a cluster, SQLite and data files that code opens. */
export const storesOf = oncePer((repo: Repo): readonly Store[] => {
  const inCode = codeStores(repo);
  const inCompose = composeStores(repo, inCode);
  const here = [...inCode, ...inCompose];
  const stores = [...here, ...foreignSqlite(repo, here), ...clusterStores(repo), ...cloudStores(repo)];
  return stores.filter(
    ({ kind, path, service, name }, index) =>
      stores.findIndex(
        (other) =>
          other.kind === kind && other.path === path && (other.service ?? other.name) === (service ?? name),
      ) === index,
  );
});

/** Databases at a provider that makes no backups unless it is told to, and is not. */
function cloudStores(repo: Repo): readonly Store[] {
  return cloudDatabasesOf(repo)
    .filter(({ backup }) => backup === 'none')
    .map(({ kind, name, path, at }) => ({
      kind,
      name,
      path,
      at,
      words: name.split('.'),
      isAtProvider: true,
    }));
}
