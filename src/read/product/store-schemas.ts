import { oncePer } from '../../repo/once.ts';
import { basename, dirname, isInside } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import { codeFiles } from '../code/code-files.ts';
import type { Mechanism, StoreKind } from './mechanism.ts';
import { isOfProduct } from './store-clients.ts';
import { PROVIDERS } from './store-tables.ts';

/** The stores that schemas, migrations and access rules declare. */
export function storeSchemas(repo: Repo): readonly Mechanism[] {
  return [
    ...withoutAlternatives(prismaSchemas(repo)),
    ...repo.find(/(^|\/)alembic\.ini$/).map((path) => schemaAt(alembicKind(repo, path), path)),
    ...ruledBy(repo, /(^|\/)(?:firestore|database)\.rules(?:\.json)?$/, 'Firestore'),
    ...ruledBy(repo, /(^|\/)supabase\/(?:config\.toml$|migrations\/)/, 'PostgreSQL'),
  ];
}

function schemaAt(kind: StoreKind, path: string): Mechanism {
  return { kind, path, at: 0, how: 'schema', orphan: false };
}

/** The first file that only a project on this store has. */
function ruledBy(repo: Repo, names: RegExp, kind: StoreKind): readonly Mechanism[] {
  return repo
    .find(names)
    .filter((path) => isOfProduct(path))
    .slice(0, 1)
    .map((path) => schemaAt(kind, path));
}

const DATASOURCE = /\bdatasource\s+\w+\s*\{[^}]{0,2000}?provider\s*=\s*"(\w+)"/;

function prismaSchemas(repo: Repo): readonly Mechanism[] {
  return repo.find(/\.prisma$/).flatMap((path): Mechanism[] => {
    const found = DATASOURCE.exec(repo.peek(path) ?? '');
    const kind = PROVIDERS.get(found?.[1] ?? '');
    if (!found || kind === undefined || !isOfProduct(path)) return [];
    return [{ kind, path, at: found.index, how: 'schema', orphan: !usesPrisma(repo) }];
  });
}

/** A folder that is named after a database. */
const PROVIDER = /^(?:my-?sql|mariadb|postgres(?:ql)?|sqlite|mongo(?:db)?|cockroach(?:db)?|sql-?server)$/i;

/** `prisma/mysql/` beside `prisma/postgresql/`: whoever installs it chooses one, and the first stands for both. */
function withoutAlternatives(schemas: readonly Mechanism[]): readonly Mechanism[] {
  const groupOf = ({ path }: Mechanism) =>
    PROVIDER.test(basename(dirname(path))) ? dirname(dirname(path)) : undefined;
  const chosen = new Map<string, Mechanism>();
  const rank = ({ kind }: Mechanism) => Number(kind !== 'PostgreSQL');
  for (const each of [...schemas].sort((a, b) => rank(a) - rank(b))) {
    const group = groupOf(each);
    if (group !== undefined && !chosen.has(group)) chosen.set(group, each);
  }
  return schemas.filter((each) => {
    const group = groupOf(each);
    return group === undefined || chosen.get(group) === each;
  });
}

/** Somebody in the repository imports the generated client, wherever it is generated to. */
const usesPrisma = oncePer((repo: Repo) =>
  codeFiles(repo).some((path) => isOfProduct(path) && repo.mentions(path, 'PrismaClient')),
);

function alembicKind(repo: Repo, path: string): StoreKind {
  const near = [
    path,
    ...repo
      .find(/(^|\/)(alembic\/env|config|settings|database|db)\.py$/)
      .filter((each) => isInside(dirname(path), each)),
  ];
  const text = near.map((each) => repo.peek(each) ?? '').join('\n');
  if (text.includes('mysql')) return 'MySQL';
  return text.includes('sqlite') && !text.includes('postgres') ? 'SQLite' : 'PostgreSQL';
}
