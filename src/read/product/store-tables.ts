import type { StoreKind } from './mechanism.ts';

/** A pattern, and the store that it stands for. */
export type StorePattern = readonly [pattern: RegExp, kind: StoreKind];

/** Container images, by their last parts. */
export const IMAGES: readonly StorePattern[] = [
  [/(?:^|\/)(?:postgres(?:ql)?|postgis|pgvector|timescaledb(?:-ha)?)(?:-\d[\w.-]*)?(?::|@|$)/, 'PostgreSQL'],
  [/(?:^|\/)(?:mysql(?:-server)?|mariadb|percona)(?::|@|$)/, 'MySQL'],
  [/(?:^|\/)mongo(?:db)?(?:-community-server)?(?::|@|$)/, 'MongoDB'],
  [/(?:^|\/)(?:redis(?:-stack(?:-server)?)?|valkey|keydb|dragonfly)(?::|@|$)/, 'Redis'],
  [/(?:^|\/)(?:libsql-server|sqld)(?::|@|$)/, 'SQLite'],
  [/(?:^|\/)clickhouse[\w-]*(?::|@|$)/, 'ClickHouse'],
  [/(?:^|\/)(?:elasticsearch|opensearch)[\w-]*(?::|@|$)/, 'Elasticsearch'],
];

/** npm packages that open a store; one with a path opens it by that path alone. */
export const CLIENTS: ReadonlyMap<string, StoreKind> = new Map([
  ['better-sqlite3', 'SQLite'],
  ['sqlite3', 'SQLite'],
  ['sqlite', 'SQLite'],
  ['@libsql/client', 'SQLite'],
  ['libsql', 'SQLite'],
  ['@prisma/adapter-libsql', 'SQLite'],
  ['sql.js', 'SQLite'],
  ['pg', 'PostgreSQL'],
  ['postgres', 'PostgreSQL'],
  ['@neondatabase/serverless', 'PostgreSQL'],
  ['@vercel/postgres', 'PostgreSQL'],
  ['@supabase/supabase-js', 'PostgreSQL'],
  ['@supabase/ssr', 'PostgreSQL'],
  ['@supabase/auth-helpers-nextjs', 'PostgreSQL'],
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
  ['firebase/firestore', 'Firestore'],
  ['firebase/database', 'Firestore'],
  ['@firebase/firestore', 'Firestore'],
  ['@aws-sdk/client-dynamodb', 'DynamoDB'],
  ['@aws-sdk/lib-dynamodb', 'DynamoDB'],
  ['@clickhouse/client', 'ClickHouse'],
]);

/** Where languages other than JavaScript declare what they build on, and what one entry of that is. */
export const MANIFESTS: readonly (readonly [file: RegExp, entry: RegExp])[] = [
  [/(^|\/)(?:requirements[\w.-]*\.(?:txt|in)|pyproject\.toml|Pipfile|setup\.(?:py|cfg))$/, /[^\n]+/g],
  [/(^|\/)pom\.xml$/, /<dependency>(?:(?!<\/dependency>)[\s\S]){0,1000}<\/dependency>/g],
  [/(^|\/)(?:build\.gradle(?:\.kts)?|libs\.versions\.toml)$/, /[^\n]+/g],
  [/(^|\/)go\.mod$/, /[^\n]+/g],
  [/(^|\/)(?:Gemfile|Cargo\.toml|mix\.exs|composer\.json)$/, /[^\n]+/g],
  [/\.csproj$/, /<PackageReference[^>]{0,500}>/g],
];

/** Drivers of those languages. */
export const DRIVERS: readonly StorePattern[] = [
  [
    /\bpsycopg|\basyncpg\b|\bpg8000\b|\bsupabase\b|\borg\.postgresql\b|r2dbc-postgresql|\blib\/pq\b|jackc\/pgx|driver\/postgres\b|tokio-postgres|\bNpgsql|\bpostgrex\b|gem ['"]pg['"]|\bsqlx\b.{0,200}\bpostgres\b|\bdiesel\b.{0,200}\bpostgres\b/,
    'PostgreSQL',
  ],
  [
    /\bmysqlclient\b|\b(?:pymysql|aiomysql|asyncmy)\b|mysql-connector|mariadb-java-client|go-sql-driver\/mysql|driver\/mysql\b|\bmysql2\b|\bmysql_async\b|\bMySqlConnector\b|EntityFrameworkCore\.MySql|\bmyxql\b/i,
    'MySQL',
  ],
  [
    /\baiosqlite\b|sqlite-jdbc|\bgo-sqlite3\b|modernc\.org\/sqlite|driver\/sqlite\b|glebarez\/sqlite|\blibsql|\brusqlite\b|gem ['"]sqlite3['"]|EntityFrameworkCore\.Sqlite|Microsoft\.Data\.Sqlite|\becto_sqlite3\b/,
    'SQLite',
  ],
  [
    /\bpymongo\b|\bmotor\b|\bbeanie\b|\bmongoengine\b|data-mongodb|mongodb-driver|\bmongo-driver\b|\bmongoid\b|MongoDB\.Driver/,
    'MongoDB',
  ],
  [
    /^\W*redis\b|\baioredis\b|\bjedis\b|\blettuce\b|\bredisson\b|data-redis|\bgo-redis\b|\bredigo\b|\brueidis\b|gem ['"]redis['"]|StackExchange\.Redis/,
    'Redis',
  ],
  [/google-cloud-firestore|cloud\.google\.com\/go\/firestore|\bfirebase[-_]admin\b/, 'Firestore'],
  [/\bpynamodb\b|\bdynamodb\b/i, 'DynamoDB'],
  [/\bclickhouse/i, 'ClickHouse'],
  [/\belasticsearch\b|\bopensearch\b|opensearch-py/, 'Elasticsearch'],
];

/** `provider` of a Prisma datasource. */
export const PROVIDERS: ReadonlyMap<string, StoreKind> = new Map([
  ['postgresql', 'PostgreSQL'],
  ['postgres', 'PostgreSQL'],
  ['cockroachdb', 'PostgreSQL'],
  ['mysql', 'MySQL'],
  ['sqlite', 'SQLite'],
  ['mongodb', 'MongoDB'],
]);

/** Words of Terraform: the type of a resource, the source of a module, or the engine that one of them runs. */
export const TERRAFORM: readonly StorePattern[] = [
  [
    /^resource\s+"(?:azurerm_postgresql\w*|neon_project|supabase_project|aws_dsql_cluster)"|^[ \t]*(?:engine|database_version)[ \t]*=[ \t]*"(?:aurora-)?(?:pg|postgres)/im,
    'PostgreSQL',
  ],
  [
    /^resource\s+"(?:azurerm_m(?:ysql|ariadb)\w*|planetscale_database)"|^[ \t]*(?:engine|database_version)[ \t]*=[ \t]*"(?:aurora-)?(?:mysql|mariadb)/im,
    'MySQL',
  ],
  [/^resource\s+"(?:mongodbatlas_\w*cluster|aws_docdb_cluster|azurerm_cosmosdb_account)"/m, 'MongoDB'],
  [
    /^resource\s+"(?:aws_elasticache_\w+|google_redis_instance|azurerm_redis_cache|upstash_redis_database)"/m,
    'Redis',
  ],
  [/^resource\s+"turso_database"/m, 'SQLite'],
  [/^resource\s+"google_firestore_database"/m, 'Firestore'],
  [/^resource\s+"aws_dynamodb_table"/m, 'DynamoDB'],
  [/^resource\s+"aws_(?:opensearch|elasticsearch)_domain"/m, 'Elasticsearch'],
];

/** Charts that a Helm chart brings along. */
export const CHARTS: ReadonlyMap<string, StoreKind> = new Map([
  ['postgresql', 'PostgreSQL'],
  ['postgresql-ha', 'PostgreSQL'],
  ['cloudnative-pg', 'PostgreSQL'],
  ['supabase', 'PostgreSQL'],
  ['mysql', 'MySQL'],
  ['mariadb', 'MySQL'],
  ['mongodb', 'MongoDB'],
  ['redis', 'Redis'],
  ['valkey', 'Redis'],
  ['clickhouse', 'ClickHouse'],
  ['elasticsearch', 'Elasticsearch'],
  ['opensearch', 'Elasticsearch'],
]);
