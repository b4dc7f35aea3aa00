/** What kind of data is kept, because each kind is backed up in its own way. */
export const KINDS = [
  'sqlite',
  'postgres',
  'mysql',
  'mongo',
  'clickhouse',
  'mssql',
  'cockroach',
  'libsql',
  'dragonfly',
  'redis',
  'objects',
  'files',
] as const;
export type Kind = (typeof KINDS)[number];

/** A database server: how its image or its folder is called, and its name for people. */
export type Server = readonly [called: RegExp, kind: Kind, title: string];

/** Servers by their images. */
export const IMAGES: readonly Server[] = [
  [/(^|[/-])(postgres(ql)?|postgis|timescaledb(-ha)?|pgvector|paradedb)(:|@|$)/, 'postgres', 'PostgreSQL'],
  [/(^|[/-])(mysql|mysql-server|percona)(:|@|$)/, 'mysql', 'MySQL'],
  [/(^|[/-])mariadb(:|@|$)/, 'mysql', 'MariaDB'],
  [/(^|[/-])(mongo|mongodb|mongodb-community-server|mongodb-atlas-local)(:|@|$)/, 'mongo', 'MongoDB'],
  [/(^|\/)clickhouse(-server)?(:|@|$)/, 'clickhouse', 'ClickHouse'],
  [/(^|\/)(redis|redis-stack(-server)?|valkey|keydb)(:|@|$)/, 'redis', 'Redis'],
  [/(^|\/)dragonfly(:|@|$)/, 'dragonfly', 'Dragonfly'],
  [/(^|\/)mssql\/server(:|@|$)/, 'mssql', 'SQL Server'],
  [/(^|\/)cockroach(:|@|$)/, 'cockroach', 'CockroachDB'],
  [/(^|\/)(libsql-server|sqld)(:|@|$)/, 'libsql', 'libSQL'],
  [/(^|\/)(minio|rustfs|garage|seaweedfs)(:|@|$)/, 'objects', 'the object store'],
];

/** Servers by the folders in which they keep their data, whatever their image is called. */
export const FOLDERS: readonly Server[] = [
  [/^\/(var\/lib|bitnami)\/postgresql(\/|$)/, 'postgres', 'PostgreSQL'],
  [/^\/(var\/lib|bitnami)\/mysql(\/|$)/, 'mysql', 'MySQL'],
  [/^\/bitnami\/mariadb(\/|$)/, 'mysql', 'MariaDB'],
  [/^\/bitnami\/mongodb(\/|$)/, 'mongo', 'MongoDB'],
  [/^\/var\/lib\/clickhouse(\/|$)/, 'clickhouse', 'ClickHouse'],
  [/^\/var\/opt\/mssql(\/|$)/, 'mssql', 'SQL Server'],
  [/^\/var\/lib\/sqld(\/|$)/, 'libsql', 'libSQL'],
];

/** Tools that speak to a database of that name and are none. */
export const NO_SERVER = /exporter|pgbouncer|adminer|express|commander|insight|backup|pgadmin|client/;

/** Servers that keep nothing unless somebody gives them a volume. */
export const CACHES: readonly Kind[] = ['redis', 'dragonfly', 'libsql', 'objects'];

/** What takes a copy of each kind. */
export const DUMPS: readonly (readonly [Kind, RegExp])[] = [
  [
    'postgres',
    /\bpg_dump(?:all)?\b|pg_basebackup|\bwal-g\b|pgbackrest|\bbarman\b|postgres-?backup|pg-?backup/g,
  ],
  ['mysql', /mysqldump|mariadb-dump|mariabackup|xtrabackup|mysql-?backup/g],
  ['clickhouse', /clickhouse-backup|\bBACKUP\s+(?:TABLE|DATABASE|ALL)\b/g],
  ['mssql', /\bBACKUP\s+DATABASE\b|mssql-?backup/gi],
  ['cockroach', /\bBACKUP\s+(?:DATABASE\b[^\n;]{0,200}\s)?INTO\b|cockroach\s+dump/gi],
  ['libsql', /\bturso\s+db\s+shell\b[^\n]{0,200}\.dump|bottomless|libsql-?backup|sqld-?backup/gi],
  ['dragonfly', /snapshot_cron|\bSAVE\b[^\n]{0,200}\bDF\b|dragonfly-?backup/gi],
  ['mongo', /mongodump|mongo(?:db)?-?backup/g],
  [
    'redis',
    /\bBGSAVE\b|--rdb\b|redis-cli[^\n]{0,200}\bSAVE\b|dump\.rdb|appendonlydir|redis-data|redis-?backup/gi,
  ],
  [
    'objects',
    /\bmc\s+mirror\b|\brclone\s+(?:sync|copy)\s+["']?[\w-]{0,40}(?:minio|s3)[\w-]{0,40}:|\baws\b[^\n]{0,80}\bs3\s+sync\s+["']?s3:|minio-?backup|\btar\b[^\n]{0,200}minio/gi,
  ],
  [
    'sqlite',
    /\.backup\s*\((?!\s*\))|(?:^|["'\s])\.backup\s+\S|VACUUM\s+INTO|litestream|sqlite3_rsync|sqlite3\b[^\n]{0,200}backup|copyFile\w{0,20}\(\s{0,20}\w{0,60}db|\bcp\b[^\n]{0,200}\.(?:db|sqlite3?)\b/gim,
  ],
  [
    'files',
    /\btar\b|\brsync\b|\bcp -\w*[ar]|docker cp|compose[^\n]{0,200}\bcp\b|\brclone\b|aws s3 (?:cp|sync)|gsutil|\bzip -r/g,
  ],
];

/** Takes whole volumes or folders, whatever is in them. Of `db-backup`, only the image. */
export const WHOLE =
  /volume-backup|\brestic\b|\bborg(?:matic)?\b|autorestic|duplicat[iy]|\bkopia\b|\bbackrest\b|\bvelero\b|\/(?:[\w-]+-)?db-backup(?=[:@"'\s]|$)/m;

/** What carries a copy away from where it was made. */
export const CARRIES =
  /\baws\s+s3(?:api)?\s+(?:cp|sync|mv|put-object)|\brclone\b|\bgsutil\b|\bgcloud\s+storage\b|\bscp\b|\brsync\b|\bsftp\b|\blftp\b|\bmc\s+(?:cp|mirror|pipe|put)\b|\bs3cmd\b|\bs5cmd\b|\bb2\s|\baz\s+storage\b|\bcurl\b[^\n]{0,300}(?:\s-T|--upload-file|\s-F|--data-binary)|upload-artifact|\brestic\b|\bborg\b|\bkopia\b|\bgit\s+push\b|\bdocker\s+cp\b|\bkubectl\s+cp\b|\bssh\b|\bPutObject|\bputObject\(|\bupload\w*\(|\.put\(|['"]PUT['"]|\bstorage\b[^\n]{0,80}\.upload|-backup-action/;

/** Managed databases that keep a history on every plan, without anybody asking for it, and what code imports to use them. */
export const KEEPS_HISTORY: readonly (readonly [module: string, name: string])[] = [
  ['@neondatabase/serverless', 'Neon'],
  ['@vercel/postgres', 'Neon'],
  ['@planetscale/database', 'PlanetScale'],
  ['convex', 'Convex'],
];

/** What the owner of an account has to know about the backups of a service. */
export const TERMS: readonly (readonly [RegExp, string])[] = [
  [/supabase/i, 'Supabase backs up daily on paid plans alone, and the plan is not written here'],
  [/firebase|firestore/i, 'Firestore backs up on a schedule that somebody sets, and none is set here'],
  [/dynamodb/i, 'DynamoDB keeps a history where somebody turns it on, and nothing does here'],
];

/** Manifests of other languages than JavaScript, and the drivers of databases that they may declare. */
export const DRIVERS: readonly (readonly [manifest: RegExp, driver: RegExp])[] = [
  [
    /(^|\/)(pom\.xml|build\.gradle(\.kts)?|libs\.versions\.toml)$/,
    /\b(postgresql|mysql-connector-\w+|mariadb-java-client|mssql-jdbc|ojdbc\d+|mongodb-driver-\w+|spring-boot-starter-data-(?:jpa|mongodb|jdbc|r2dbc)|quarkus-jdbc-\w+|sqlite-jdbc|firebase-admin)\b/,
  ],
  [
    /(^|\/)(requirements[\w.-]*\.(txt|in)|pyproject\.toml|Pipfile|setup\.(py|cfg))$/,
    /(?:^|["'\s])(psycopg\w*|asyncpg|pymysql|PyMySQL|mysqlclient|aiomysql|pymongo|motor|mongoengine|supabase|firebase[_-]admin|google-cloud-firestore|sqlalchemy|SQLAlchemy|sqlmodel|tortoise-orm|peewee|[Dd]jango)(?=["'\s[=<>~!;,]|$)/m,
  ],
  [
    /(^|\/)go\.mod$/,
    /\b(lib\/pq|jackc\/pgx|go-sql-driver\/mysql|mongo-driver|gorm\.io\/driver\/\w+|mattn\/go-sqlite3|modernc\.org\/sqlite|cloud\.google\.com\/go\/firestore|supabase-go|supabase-community\/[\w-]+)/,
  ],
  [/(^|\/)Gemfile$/, /^[ \t]*gem[ \t]+['"](pg|mysql2|trilogy|mongoid|sqlite3)['"]/m],
  [
    /(^|\/)Cargo\.toml$/,
    /^[ \t]*(sqlx|diesel|tokio-postgres|sea-orm|mongodb|rusqlite|libsql|deadpool-postgres)\b/m,
  ],
  [/(^|\/)composer\.json$/, /"(doctrine\/orm|doctrine\/dbal|laravel\/framework|mongodb\/mongodb)"/],
  [/\.csproj$/, /"(Npgsql[\w.]*|[\w.]{0,100}EntityFrameworkCore\.[\w.]+|MongoDB\.Driver|MySql[\w.]*)"/],
  [/(^|\/)mix\.exs$/, /:(postgrex|myxql|ecto_sql|ecto_sqlite3)\b/],
];

/** Where code of another language than JavaScript opens a SQLite database. */
export const OPENS_SQLITE: readonly (readonly [file: RegExp, opens: RegExp])[] = [
  [/(?<!_test)\.go$/, /\bsql(?:x)?\.(?:Open|Connect|MustConnect)\(\s*"sqlite3?"|\bsqlite\.Open\(/],
  [
    /\.py$/,
    /\b(?:aio)?sqlite3?\.connect\(\s*(?:str\()?(?:self\.|cls\.)?(?:f?['"](?!:memory:|file::memory)|[A-Z][A-Z_]+\b|\w{0,40}(?:settings|config|environ|database|db_?(?:path|file|name|url))\w{0,40})|['"]sqlite(?:\+\w+)?:\/\/\/(?!:memory:|['"])|django\.db\.backends\.sqlite3/,
  ],
  [/\.(?:java|kt|properties|ya?ml)$/, /\bjdbc:(?:sqlite:(?!:memory:)|h2:file:)/],
  [/\.rs$/, /\bConnection::open\(|"sqlite:(?!:memory:)/],
];
