import { oncePer } from '../../repo/once.ts';
import { basename, dirname, isInside } from '../../repo/paths.ts';
import type { Repo, Workspace } from '../../repo/repo.ts';
import { codeFiles, codeOfPackage } from '../code/code-files.ts';
import { withoutComments } from '../code/comments.ts';
import { escaped } from '../code/escaped.ts';
import { composeModel } from '../deploy/compose.ts';

/** A technology that keeps data, as people name it. */
export type StoreKind =
  | 'SQLite'
  | 'PostgreSQL'
  | 'MySQL'
  | 'MongoDB'
  | 'Redis'
  | 'Firestore'
  | 'DynamoDB'
  | 'ClickHouse'
  | 'Elasticsearch'
  | 'JSON files';

/** One place in which data is kept, or declared to be. */
export interface Mechanism {
  readonly kind: StoreKind;
  readonly path: string;
  readonly at: number;
  /** `schema`: declared by a schema or by migrations; a schema that nothing uses is an orphan. */
  readonly how: 'service' | 'client' | 'schema' | 'files';
  readonly orphan: boolean;
}

const IMAGES: readonly (readonly [RegExp, StoreKind])[] = [
  [/(?:^|\/)(?:postgres(?:ql)?|postgis|pgvector|timescaledb(?:-ha)?)(?:-\d[\w.-]*)?(?::|@|$)/, 'PostgreSQL'],
  [/(?:^|\/)(?:mysql(?:-server)?|mariadb|percona)(?::|@|$)/, 'MySQL'],
  [/(?:^|\/)mongo(?:db)?(?:-community-server)?(?::|@|$)/, 'MongoDB'],
  [/(?:^|\/)(?:redis(?:-stack(?:-server)?)?|valkey|keydb|dragonfly)(?::|@|$)/, 'Redis'],
  [/(?:^|\/)clickhouse[\w-]*(?::|@|$)/, 'ClickHouse'],
  [/(?:^|\/)(?:elasticsearch|opensearch)[\w-]*(?::|@|$)/, 'Elasticsearch'],
];
const CLIENTS: ReadonlyMap<string, StoreKind> = new Map([
  ['better-sqlite3', 'SQLite'],
  ['sqlite3', 'SQLite'],
  ['sqlite', 'SQLite'],
  ['@libsql/client', 'SQLite'],
  ['sql.js', 'SQLite'],
  ['pg', 'PostgreSQL'],
  ['postgres', 'PostgreSQL'],
  ['@neondatabase/serverless', 'PostgreSQL'],
  ['@vercel/postgres', 'PostgreSQL'],
  ['@supabase/supabase-js', 'PostgreSQL'],
  ['mysql', 'MySQL'],
  ['mysql2', 'MySQL'],
  ['mariadb', 'MySQL'],
  ['@planetscale/database', 'MySQL'],
  ['mongodb', 'MongoDB'],
  ['mongoose', 'MongoDB'],
  ['ioredis', 'Redis'],
  ['redis', 'Redis'],
  ['@upstash/redis', 'Redis'],
  ['@vercel/kv', 'Redis'],
  ['firebase-admin', 'Firestore'],
  ['@google-cloud/firestore', 'Firestore'],
  ['@aws-sdk/client-dynamodb', 'DynamoDB'],
  ['@aws-sdk/lib-dynamodb', 'DynamoDB'],
  ['@clickhouse/client', 'ClickHouse'],
]);
const PROVIDERS: Readonly<Record<string, StoreKind>> = {
  postgresql: 'PostgreSQL',
  postgres: 'PostgreSQL',
  cockroachdb: 'PostgreSQL',
  mysql: 'MySQL',
  sqlite: 'SQLite',
  mongodb: 'MongoDB',
};
const ASIDE =
  /(^|\/)(node_modules|__tests__|__mocks__|mocks?|testing|tests?|e2e|evals?|playwright|cypress|fixtures|scripts?|tools?|bin|examples?|templates?|docs?|\.[\w-]+)\/|\.(test|spec|eval|stories|config)\./;

const CONNECTS = 4;

/** Everything that keeps data in this repository, one entry for each kind and package, stack or schema. */
export const persistenceOf = oncePer((repo: Repo): readonly Mechanism[] => [
  ...services(repo),
  ...clients(repo),
  ...schemas(repo),
  ...jsonFiles(repo),
]);

/** The kinds, each once, in the order in which they are found. */
export function storeKinds(mechanisms: readonly Mechanism[]): readonly StoreKind[] {
  return [...new Set(mechanisms.map(({ kind }) => kind))];
}

function services(repo: Repo): readonly Mechanism[] {
  return repo.layout.compose
    .filter(({ deployed }) => deployed !== 'no')
    .flatMap((file) =>
      composeModel(repo, file).services.flatMap(({ value, at }): Mechanism[] => {
        const image = typeof value.image === 'string' ? value.image : '';
        const kind = IMAGES.find(([pattern]) => pattern.test(image))?.[1];
        return kind === undefined ? [] : [{ kind, path: file.path, at, how: 'service', orphan: false }];
      }),
    );
}

function clients(repo: Repo): readonly Mechanism[] {
  return repo.layout.packages
    .filter(({ path }) => !ASIDE.test(path))
    .flatMap((workspace) => {
      const declared = Object.keys(workspace.manifest.dependencies).flatMap((name) => {
        const kind = CLIENTS.get(name);
        return kind === undefined ? [] : [{ kind, name }];
      });
      const kinds = [...new Set(declared.map(({ kind }) => kind))];
      // A package that speaks to every database there is connects the data of others; it keeps none in them.
      if (kinds.length >= CONNECTS) return [];
      return kinds.flatMap((kind): Mechanism[] => {
        const used = declared.find((each) => each.kind === kind && isImported(repo, workspace, each.name));
        if (!used) return [];
        const at = Math.max(0, repo.text(workspace.path).indexOf(`"${used.name}"`));
        return [{ kind, path: workspace.path, at, how: 'client', orphan: false }];
      });
    });
}

function isImported(repo: Repo, { dir }: Workspace, name: string): boolean {
  const quoted = new RegExp(
    `(?:from|require\\(|import\\()\\s*['"]${name.replace(/[/.]/g, '\\$&')}(?:/[\\w/-]+)?['"]`,
  );
  return codeOf(repo, dir).some(
    (path) =>
      (repo.mentions(path, `'${name}`) || repo.mentions(path, `"${name}`)) &&
      quoted.test(withoutComments(repo, path)),
  );
}

/** The code of a package that serves, without that of packages inside of it. */
function codeOf(repo: Repo, dir: string): readonly string[] {
  return codeOfPackage(repo, dir).filter((path) => !ASIDE.test(path));
}

function schemas(repo: Repo): readonly Mechanism[] {
  const prisma = repo.find(/\.prisma$/).flatMap((path): Mechanism[] => {
    const text = repo.peek(path) ?? '';
    const found = /\bdatasource\s+\w+\s*\{[^}]*?provider\s*=\s*"(\w+)"/.exec(text);
    const kind = PROVIDERS[found?.[1] ?? ''];
    if (!found || kind === undefined || ASIDE.test(path)) return [];
    return [{ kind, path, at: found.index, how: 'schema', orphan: !usesPrisma(repo) }];
  });
  const alembic = repo
    .find(/(^|\/)alembic\.ini$/)
    .map((path): Mechanism => ({ kind: alembicKind(repo, path), path, at: 0, how: 'schema', orphan: false }));
  const rules = repo
    .find(/(^|\/)firestore\.rules$/)
    .map((path): Mechanism => ({ kind: 'Firestore', path, at: 0, how: 'schema', orphan: false }));
  return [...withoutAlternatives(prisma), ...alembic, ...rules];
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
  codeFiles(repo).some((path) => !ASIDE.test(path) && repo.mentions(path, 'PrismaClient')),
);

function alembicKind(repo: Repo, path: string): StoreKind {
  const near = [
    path,
    ...repo
      .find(/(^|\/)(alembic\/env|config|settings|database|db)\.py$/)
      .filter((each) => isInside(dirname(path), each)),
  ];
  const text = near.map((each) => repo.peek(each) ?? '').join('\n');
  return /mysql/.test(text)
    ? 'MySQL'
    : /sqlite/.test(text) && !/postgres/.test(text)
      ? 'SQLite'
      : 'PostgreSQL';
}

/** What is written is JSON, and the file names a .json of its own. */
const WRITES =
  /\b(?:writeFile(?:Sync)?\s*\([^;]{0,120}?JSON\.stringify|outputJson(?:Sync)?\s*\(|writeJson(?:Sync)?\s*\()/;
const NAMED = /=[^;\n]*['"`/][\w-]+\.json['"`]|\(\s*['"`][^'"`]*\.json['"`]\s*,/;

/** JSON that a server writes while it runs: the target of the write is a name that ends in .json. */
function jsonFiles(repo: Repo): readonly Mechanism[] {
  return repo.layout.packages
    .filter(({ manifest }) =>
      Object.keys(manifest.dependencies).some((name) =>
        /^(next|express|fastify|koa|hono|@nestjs\/core)$/.test(name),
      ),
    )
    .flatMap(({ dir }) => {
      const hit = codeOf(repo, dir).flatMap((path): Mechanism[] => {
        if (!repo.mentions(path, WRITES)) return [];
        const code = withoutComments(repo, path);
        const found = NAMED.test(code) ? WRITES.exec(code) : null;
        return found ? [{ kind: 'JSON files', path, at: found.index, how: 'files', orphan: false }] : [];
      });
      return hit.filter(({ path }) => !isScript(repo, dir, path)).slice(0, 1);
    });
}

const ENTRY = /(^|\/)(?:index|server|main|app|worker)\.\w+$/;

/** It runs itself, exports nothing and is imported by nobody: somebody starts it by hand, and it keeps no records. */
function isScript(repo: Repo, dir: string, path: string): boolean {
  const text = repo.peek(path) ?? '';
  if (
    ENTRY.test(path) ||
    /^export\b|\bmodule\.exports\b/m.test(text) ||
    !/^(?:void |await )?main\(\)/m.test(text)
  )
    return false;
  const imported = new RegExp(`/${escaped(basename(path).replace(/\.\w+$/, ''))}(?:\\.\\w+)?['"]`);
  return !codeOf(repo, dir).some((other) => other !== path && imported.test(repo.peek(other) ?? ''));
}
