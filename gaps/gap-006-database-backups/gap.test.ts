import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const postgres: Tree = {
  'compose.yaml':
    'services:\n  db:\n    image: postgres:16-alpine\n    volumes: [pg:/var/lib/postgresql/data]\n',
};
const sqlite: Tree = {
  'package.json': '{ "name": "api", "dependencies": { "better-sqlite3": "12" } }',
  'src/db.js':
    "import Database from 'better-sqlite3';\nexport const db = new Database(process.env.DB_PATH);\n",
};
const dump = '#!/bin/sh\nset -eu\npg_dump "$DATABASE_URL" | gzip > "/backups/$(date +%F).sql.gz"\n';
const copying =
  "import fs from 'fs';\nexport function createBackup() {\n  fs.copyFileSync(DB_PATH, target);\n}\n";
const timer = `export class Backups {
  createBackup() {
    return db.backup(target);
  }

  scheduleBackup(intervalMs: number): void {
    this.timer = setInterval(() => {
      this.createBackup();
    }, intervalMs);
  }
}
export const backups = new Backups();
`;

const cronjob = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: shop-db-backup
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      containers:
        - name: backup
          image: alpine:3
          command:
            - /bin/sh
            - -c
            - |
              # uses the .backup command of SQLite
              cp "$DB_PATH" "$BACKUP_DIR/shop-$(date +%Y%m%d).db"
`;
/** A workflow that runs these lines every night. */
const nightly = (...lines: readonly string[]) => `
on:
  schedule:
    - cron: "0 3 * * *"
jobs:
  backup:
    runs-on: ubuntu-latest
    steps:
      - run: |
${lines.map((line) => `          ${line}`).join('\n')}
`;
const download = `import fs from 'node:fs';
import Database from 'better-sqlite3';
export async function GET() {
  const source = new Database(process.env.DB_URL ?? '', { readonly: true });
  source.exec("VACUUM INTO '/tmp/db.backup.sqlite'");
  return new Response(fs.readFileSync('/tmp/db.backup.sqlite'));
}
`;
const analysis = `'use client';
import { useTranslations } from 'next-intl';
export function useBackupAnalysis() {
  const t = useTranslations('management.tool.backup.restore');
  return { title: t('title') };
}
`;

testGap(gap, import.meta.url, {
  'a stack with SQLite, Redis and files': {
    fixture: 'stack',
    open: ['no-backup', 'no-backup', 'unscheduled-backup', 'unsafe-copy', 'unsafe-restore'],
  },
  'a database that nothing copies': { files: postgres, open: ['no-backup'], manual: true },
  'a script that nothing calls': {
    files: { ...postgres, 'scripts/backup.sh': `${dump}# 0 3 * * * /root/scripts/backup.sh\n` },
    open: ['unscheduled-backup'],
    manual: true,
  },
  'a schedule that has no caller': {
    files: {
      ...sqlite,
      'src/backup.ts': timer,
      'src/main.ts': "import { backups } from './backup';\nbackups.createBackup();\n",
    },
    open: ['unscheduled-backup'],
    manual: true,
  },
  'a live database is copied as a file': {
    files: {
      ...sqlite,
      'src/backup.js': copying,
      'src/main.js':
        "import { createBackup } from './backup.js';\nsetInterval(createBackup /* backup */, 1000);\n",
    },
    open: ['unsafe-copy'],
  },
  'docker cp of a live database': {
    files: {
      ...sqlite,
      'scripts/backup.sh': '#!/bin/sh\ndocker cp api-1:/app/data/aims.db /backups/aims.db\n',
      'infra/cron/backup': '0 3 * * * root bash /srv/scripts/backup.sh\n',
    },
    open: ['unsafe-copy'],
    manual: true,
  },
  'a workflow that is switched off': {
    files: {
      ...postgres,
      '.github/workflows/backup.yml.disabled':
        'on:\n  schedule:\n    - cron: "0 3 * * *"\njobs: {}\n# pg_dump\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'the backup takes another store': {
    files: {
      'docker-compose.yml':
        'services:\n  db:\n    image: postgres:16\n  cache:\n    image: redis:7\n    volumes: ["redis:/data"]\n',
      'scripts/backup.sh': dump,
      'infra/cron/backup': '0 3 * * * root bash /srv/scripts/backup.sh\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'stacks beside the application, of which none runs it': {
    files: {
      'package.json': '{ "name": "shop", "dependencies": { "next": "15.4.0", "pg": "8" } }',
      'app/page.tsx': 'export default () => null;\n',
      'containers/db/Dockerfile': 'FROM postgres:17\nCOPY *.sql /docker-entrypoint-initdb.d/\n',
      'docker-compose.yml':
        'services:\n  db:\n    build: containers/db\n  cache:\n    image: redis:8\n    volumes: ["cache:/data"]\n',
      'providers/logs/docker-compose.yml':
        'services:\n  mongo:\n    image: mongo:6\n  graylog:\n    image: graylog/graylog\n',
    },
    unknown: true,
  },
  'the stack runs the development server': {
    files: {
      'package.json': '{ "name": "shop", "dependencies": { "next": "15.4.0", "pg": "8" } }',
      'app/page.tsx': 'export default () => null;\n',
      'docker-compose.yml':
        'services:\n  app:\n    build: .\n    command: npm run dev\n  db:\n    image: postgres:17\n',
    },
    unknown: true,
  },
  'a file is uploaded and removed again': {
    files: {
      'package.json': '{ "name": "shop", "dependencies": { "express": "4" } }',
      'src/report.ts': `
const base = process.cwd() + '/training-data/';
export async function report(id: string) {
  const dir = base + id;
  const file = \`\${dir}/all.zip\`;
  async function archive() {
    await fs.writeFile(file, zip);
    await upload({ stream: fs.createReadStream(file) });
  }
  await archive();
  fs.rmSync(dir, { recursive: true });
}
`,
    },
    notApplicable: true,
  },
  'a file is removed by another method than the one that writes it': {
    files: {
      'package.json': '{ "name": "shop", "dependencies": { "express": "4" } }',
      'src/files.ts': `
export class Files {
  async save(body: Buffer, name: string) {
    const file = join('/data', name);
    await upload(file);
    await fs.writeFile(file, body);
  }

  async remove(name: string) {
    const file = join('/data', name);
    await fs.unlink(file);
  }
}
`,
    },
    open: ['no-backup'],
    manual: true,
  },
  'one SQLite database is opened in two packages': {
    files: {
      'package.json': '{ "name": "root" }',
      'packages/core/package.json': '{ "name": "core", "dependencies": { "better-sqlite3": "12" } }',
      'packages/core/sqlite.ts': 'export const open = () => new Database(dbEnv.URL);\n',
      'packages/db/package.json': '{ "name": "db", "dependencies": { "better-sqlite3": "12" } }',
      'packages/db/reader.ts': 'export const read = () => new Database(dbEnv.URL, { readonly: true });\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'schemas for several servers': {
    files: {
      'package.json': '{ "name": "shop", "dependencies": { "@prisma/client": "6" } }',
      'prisma/postgres/schema.prisma': 'datasource db {\n  provider = "postgres"\n}\n',
      'prisma/sqlite/schema.prisma': 'datasource db {\n  provider = "sqlite"\n}\n',
    },
    unknown: true,
  },
  'a volume of uploads that the nightly dump leaves out': {
    files: {
      'package.json': '{ "name": "shop" }',
      'docker-compose.yml': `
services:
  web:
    build: .
    environment: { UPLOAD_DIRECTORY: /srv/files }
    volumes: ["files:/srv/files/", "cache:/srv/cache"]
  db:
    image: postgres:17
`,
      'scripts/backup.sh': dump,
      'infra/cron/backup': '0 3 * * * root bash /srv/scripts/backup.sh\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'an object store with a volume': {
    files: {
      'docker-compose.yml': `
services:
  web:
    build: .
  minio:
    image: minio/minio
    volumes: ["objects:/data"]
  minio-setup:
    image: minio/mc
    entrypoint: mc mb store/files
`,
    },
    open: ['no-backup'],
    manual: true,
  },
  'an object store is mirrored every night': {
    files: {
      'docker-compose.yml': 'services:\n  minio:\n    image: minio/minio\n    volumes: ["objects:/data"]\n',
      '.github/workflows/backup.yml': nightly('mc mirror store/files elsewhere/files'),
    },
    closed: true,
  },
  'a start script hands its settings to a tool': {
    files: {
      'package.json': '{ "name": "web", "dependencies": { "express": "4" } }',
      'prod_run.mjs':
        "import fs from 'fs';\nchild.stdout.on('data', (data) => console.log(data));\nfs.writeFileSync('build.env', 'A=1');\n",
    },
    notApplicable: true,
  },
  'data files of a Next.js app in src': {
    files: {
      'package.json': '{ "name": "web", "dependencies": { "next": "14", "react": "18" } }',
      'src/app/page.jsx': 'export default function Page() { return null; }\n',
      'src/lib/storage.js':
        "import fs from 'fs';\nconst file = process.cwd() + '/.luc-data/accounts.json';\nexport const save = (all) => fs.writeFileSync(file, JSON.stringify(all));\n",
    },
    open: ['no-backup'],
    manual: true,
  },
  'a scheduled workflow': {
    files: {
      ...postgres,
      '.github/workflows/backup.yml': nightly(
        'pg_dump "$URL" > backup.sql',
        'aws s3 cp backup.sql s3://acme-backups/',
      ),
    },
    closed: true,
  },
  'a cron file and its script': {
    files: {
      ...postgres,
      'scripts/backup.sh': dump,
      'infra/cron/aims-backup': '0 3 * * * root /srv/scripts/backup.sh\n',
    },
    closed: true,
  },
  'the server setup installs the cron line': {
    files: {
      ...postgres,
      'scripts/pg-backup.sh': dump,
      'infra/vps-setup.sh':
        '#!/bin/bash\n(crontab -l; echo "0 3 * * * /srv/scripts/pg-backup.sh") | crontab -\n',
    },
    closed: true,
  },
  'a sidecar that backs up volumes': {
    files: {
      'compose.yaml': `${postgres['compose.yaml']}  backup:\n    image: offen/docker-volume-backup:v2\n    volumes: [pg:/backup/pg:ro]\n`,
    },
    closed: true,
  },
  'a loop in a service of its own': {
    files: {
      'compose.yaml': `${postgres['compose.yaml']}  dump:\n    image: postgres:16\n    command: sh -c 'while true; do pg_dump > /backups/a.sql; sleep 86400; done'\n`,
    },
    closed: true,
  },
  'Litestream replicates': {
    files: {
      ...sqlite,
      Dockerfile: 'FROM node:20\nCMD ["sh", "-c", "litestream replicate -exec \'node .\'"]\n',
    },
    closed: true,
  },
  'a schedule that the service starts': {
    files: {
      ...sqlite,
      'src/backup.ts': timer,
      'src/main.ts': "import { backups } from './backup';\nbackups.scheduleBackup(86_400_000);\n",
    },
    closed: true,
  },
  'a Kubernetes job': {
    files: {
      ...postgres,
      'k8s/backup-cronjob.yaml':
        'kind: CronJob\nspec:\n  schedule: "0 3 * * *"\n  jobTemplate:\n    command: ["pg_dump"]\n',
    },
    closed: true,
  },
  'a monorepo with SQLite in one package': {
    files: {
      'package.json': '{ "private": true, "workspaces": ["services/*"] }',
      'services/api/package.json': '{ "name": "api", "dependencies": { "better-sqlite3": "12" } }',
      'services/api/src/db.ts': "export const db = new Database('data/app.db');\n",
    },
    open: ['no-backup'],
    manual: true,
  },
  'Neon keeps a history': {
    files: {
      'package.json': '{ "dependencies": { "@neondatabase/serverless": "1" } }',
      'src/db.ts':
        "import { neon } from '@neondatabase/serverless';\nexport const sql = neon(process.env.DATABASE_URL);\n",
    },
    closed: true,
  },
  'a driver for Neon that nothing imports': {
    files: {
      'package.json': '{ "dependencies": { "@neondatabase/serverless": "1" } }',
      'src/db.test.ts': "import { neon } from '@neondatabase/serverless';\n",
    },
    unknown: true,
  },
  'a Postgres under another name beside a driver for Neon': {
    files: {
      'package.json': '{ "dependencies": { "@neondatabase/serverless": "1", "postgres": "3" } }',
      'lib/db.ts':
        "import postgres from 'postgres';\nexport const sql = postgres(process.env.DATABASE_URL ?? '');\n",
      'docker-compose.yml':
        'services:\n  web:\n    build: .\n  db:\n    image: tensorchord/vchord-postgres:pg17-v0.4.1\n    volumes:\n      - db-data:/var/lib/postgresql/data\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'databases under other names': {
    files: {
      'compose.yaml': [
        'services:',
        '  a:\n    image: bitnamilegacy/postgresql:16',
        '  b:\n    image: bitnami/mongodb:7',
        '  c:\n    image: paradedb/paradedb:latest',
        `  d:\n    image: ${'$'}{POSTGRES_IMAGE:-postgres:17}`,
        '  e:\n    image: mongodb/mongodb-atlas-local:8',
        '  f:\n    image: docker.dragonflydb.io/dragonflydb/dragonfly\n    volumes: [f:/data]',
        '  g:\n    image: mcr.microsoft.com/mssql/server:2022-latest',
        '  h:\n    image: cockroachdb/cockroach:v24',
        '  i:\n    image: registry.example.com/own/database:1\n    volumes: [i:/var/lib/mysql]',
        '  j:\n    image: edoburu/pgbouncer',
        '',
      ].join('\n'),
    },
    open: Array.from({ length: 9 }, () => 'no-backup'),
    manual: true,
  },
  'a scheduled job copies a live file': {
    files: {
      ...sqlite,
      'compose.yaml':
        'services:\n  shop:\n    build: .\n    volumes: [data:/data]\n  cache:\n    image: valkey/valkey:8-alpine\n    volumes: [cache:/data]\n',
      'deploy/helm/templates/cronjob-db-backup.yaml': cronjob,
    },
    open: ['no-backup', 'unsafe-copy'],
    manual: true,
  },
  'a job copies the copy that SQLite made': {
    files: {
      ...sqlite,
      'scripts/backup.sh':
        '#!/bin/sh\nsqlite3 data/app.db ".backup /tmp/copy.db"\ncp /tmp/copy.db /mnt/backups/\n',
      'infra/cron/backup': '0 3 * * * root bash /srv/scripts/backup.sh\n',
    },
    closed: true,
  },
  'an administrator downloads the database': {
    files: {
      ...sqlite,
      'package.json': '{ "dependencies": { "next": "15.4.0", "react": "19", "better-sqlite3": "12" } }',
      'app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
      'app/api/backup/export/route.ts': download,
      'components/backup/use-backup-analysis.ts': analysis,
    },
    open: ['no-backup'],
    manual: true,
  },
  'a platform requests the route that takes a backup': {
    files: {
      ...sqlite,
      'package.json': '{ "dependencies": { "next": "15.4.0", "react": "19", "better-sqlite3": "12" } }',
      'app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
      'app/api/backup/nightly/route.ts': `${download}export const PUT = (copy: Buffer) => fetch(process.env.COPIES_URL ?? '', { method: 'PUT', body: copy });\n`,
      'vercel.json': '{ "crons": [{ "path": "/api/backup/nightly", "schedule": "0 3 * * *" }] }\n',
    },
    closed: true,
  },
  'the stack of the end-to-end tests': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.4.0", "react": "19", "@prisma/client": "6" } }',
      'app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
      'compose.yaml':
        'services:\n  app:\n    build: .\n  db:\n    image: postgres:latest\n    volumes: ["./data:/var/lib/postgresql"]\n',
      'compose.e2e.yaml':
        'services:\n  app:\n    build: .\n  db:\n    image: postgres:17-alpine\n    command: [postgres, -c, fsync=off]\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'a restore over the open database': {
    files: {
      ...sqlite,
      'src/backup/restore.js':
        "import fs from 'fs';\nimport path from 'path';\nexport function restore(name) {\n  fs.copyFileSync(path.join(DIR, name), DB_PATH);\n}\nexport function drill(name) {\n  fs.copyFileSync(path.join(DIR, name), tempDbPath);\n}\n",
      'infra/cron/backup': '0 3 * * * root sqlite3 data/app.db ".backup /backups/app.db"\n',
    },
    open: ['unsafe-restore'],
  },
  'a restore that closes the database first': {
    files: {
      ...sqlite,
      'src/backup/restore.js':
        "import fs from 'fs';\nexport function restore(name) {\n  db.close();\n  fs.copyFileSync(name, DB_PATH);\n}\n",
      'infra/cron/backup': '0 3 * * * root sqlite3 data/app.db ".backup /backups/app.db"\n',
    },
    closed: true,
  },
  'Terraform turns backups on': {
    files: {
      'package.json': '{ "dependencies": { "pg": "8" } }',
      'infra/main.tf': 'resource "aws_db_instance" "main" {\n  backup_retention_period = 14\n}\n',
    },
    closed: true,
  },
  'Terraform makes a database and turns no backups on': {
    files: {
      'go.mod': 'module example.com/shop\n\nrequire github.com/jackc/pgx/v5 v5.7.0\n',
      'infra/main.tf': `
resource "aws_db_instance" "main" {
  engine = "postgres"
}
`,
    },
    open: ['no-backup'],
    manual: true,
  },
  'a back end in another language declares a driver': {
    files: {
      'web/package.json': '{ "dependencies": { "next": "15.1.0" } }',
      'web/pages/index.js': 'export default () => null;\n',
      'api/pom.xml':
        '<project><dependencies><dependency><artifactId>postgresql</artifactId></dependency></dependencies></project>\n',
    },
    unknown: true,
  },
  'a back end in Go opens SQLite in its image': {
    files: {
      'go.mod': 'module example.com/shop\n\nrequire github.com/mattn/go-sqlite3 v1.14.24\n',
      Dockerfile: 'FROM golang:1.24\nCOPY . .\nCMD ["./shop"]\n',
      'pkg/store/sqlite.go': 'package store\n\nvar db, _ = sql.Open("sqlite3", path)\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'a project at Supabase, and no package of it': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.1.0" } }',
      'pages/index.js': 'export default () => null;\n',
      'supabase/config.toml': 'project_id = "shop"\n',
    },
    unknown: true,
  },
  'libSQL keeps its data in a volume': {
    files: {
      'compose.yaml': `
services:
  libsql:
    image: ghcr.io/tursodatabase/libsql-server:latest
    volumes: [libsql-data:/var/lib/sqld]
`,
    },
    open: ['no-backup'],
    manual: true,
  },
  'the environment of a service puts SQLite into a volume': {
    files: {
      'compose.yaml': `
services:
  api:
    image: acme/api
    environment:
      - DATABASE_URL=file:/data/shop.db
    volumes: [data:/data]
`,
    },
    open: ['no-backup'],
  },
  'the whole chart turns off the database that a part would bring': {
    files: {
      'helm/Chart.yaml': 'name: shop\ndependencies:\n  - name: api\n    repository: file://./charts/api\n',
      'helm/values.yaml': 'api:\n  postgresql:\n    enabled: false\n',
      'helm/charts/api/Chart.yaml':
        'name: api\ndependencies:\n  - name: postgresql\n    condition: postgresql.enabled\n',
      'helm/charts/api/values.yaml': 'postgresql:\n  enabled: true\n',
    },
    notApplicable: true,
  },
  'the whole chart leaves it to the part': {
    files: {
      'helm/Chart.yaml': 'name: shop\n',
      'helm/values.yaml': 'api:\n  replicas: 2\n',
      'helm/charts/api/Chart.yaml':
        'name: api\ndependencies:\n  - name: postgresql\n    condition: postgresql.enabled\n',
      'helm/charts/api/values.yaml': 'postgresql:\n  enabled: true\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'a rehearsal holds nothing that anybody keeps': {
    files: {
      Makefile: 'staging:\n\tdocker compose -f docker-compose.staging.yml up --build\n',
      'docker-compose.staging.yml': postgres['compose.yaml'] ?? '',
    },
    notApplicable: true,
  },
  'an old migration puts an example into a table': {
    files: {
      Dockerfile: 'FROM python:3.13\nCMD ["uvicorn", "main:app"]\n',
      'main.py': 'import asyncpg\n',
      'alembic/versions/1_example.py': 'EXAMPLE = {"url": "sqlite:///example.db"}\n',
    },
    notApplicable: true,
  },
  'another language looks at addresses that somebody hands in': {
    files: {
      Dockerfile: 'FROM python:3.13\nCMD ["uvicorn", "main:app"]\n',
      'check.py':
        'async def check(url: str):\n    path = url.removeprefix("sqlite:///")\n    async with aiosqlite.connect(path) as db:\n        await db.execute("SELECT 1")\n',
    },
    notApplicable: true,
  },
  'another language opens SQLite by a setting': {
    files: {
      Dockerfile: 'FROM python:3.13\nCMD ["uvicorn", "main:app"]\n',
      'main.py': 'db = sqlite3.connect(settings.db_path)\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'another language opens SQLite': {
    files: {
      Dockerfile: 'FROM python:3.13\nCMD ["uvicorn", "main:app"]\n',
      'main.py': 'URL = "sqlite:///data/shop.db"\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'the stack serves the source as it changes': {
    files: {
      'requirements.txt': 'fastapi\npsycopg\n',
      'api/Dockerfile': 'FROM python:3.13\nCMD ["uvicorn", "main:app"]\n',
      'docker-compose.yml': `
services:
  api:
    build: ./api
    command: sh -c "alembic upgrade head && uvicorn main:app --host 0.0.0.0 --reload"
  db:
    image: postgres:17
`,
    },
    unknown: true,
  },
  'the stack tells its server that it is for development': {
    files: {
      'package.json': '{ "name": "shop", "scripts": { "start": "node ." }, "dependencies": { "pg": "8" } }',
      Dockerfile: 'FROM node:24\nCMD ["node", "."]\n',
      'docker-compose.yml':
        'services:\n  server:\n    build: .\n    environment: [NODE_ENV=development]\n  db:\n    image: postgres:17\n',
    },
    unknown: true,
  },
  'the server takes its kind of environment from whoever starts it': {
    files: {
      'package.json': '{ "name": "shop", "scripts": { "start": "node ." }, "dependencies": { "pg": "8" } }',
      Dockerfile: 'FROM node:24\nCMD ["node", "."]\n',
      'docker-compose.yml': `
services:
  server:
    build: .
    environment: ["NODE_ENV=\${NODE_ENV:-production}"]
  db:
    image: postgres:17
    volumes: ["pg:/var/lib/postgresql/data"]
`,
    },
    open: ['no-backup'],
    manual: true,
  },
  'no Next.js app, and the stack runs what it needs alone': {
    files: {
      'package.json': '{ "name": "shop", "scripts": { "dev": "tsx src/index.ts" } }',
      'docker-compose.yml':
        'services:\n  redis:\n    image: redis:7\n    volumes: ["data:/data"]\n  look:\n    image: redis/redisinsight\n',
    },
    notApplicable: true,
  },
  'a chart brings a database, and its values turn another one off': {
    files: {
      'charts/shop/Chart.yaml': `
name: shop
dependencies:
  - name: postgresql
    repository: oci://registry-1.docker.io/bitnamicharts
    condition: postgresql.enabled
  - name: mongodb
    condition: mongodb.enabled
`,
      'charts/shop/values.yaml': `
postgresql:
  enabled: true
mongodb:
  enabled: false
`,
    },
    open: ['no-backup'],
    manual: true,
  },
  'a cluster runs a database with a volume': {
    files: {
      'k8s/db.yaml': `
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: shop-db
spec:
  template:
    spec:
      containers:
        - image: postgres:17
  volumeClaimTemplates:
    - metadata:
        name: data
`,
    },
    open: ['no-backup'],
    manual: true,
  },
  'a database that runs elsewhere': {
    files: { 'package.json': '{ "dependencies": { "pg": "8" } }' },
    unknown: true,
  },
  'developers get a database, and the app runs without Docker': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.1.0", "@prisma/client": "6" } }',
      'pages/index.js': 'export default () => null;\n',
      'docker-compose.yml':
        'services:\n  db:\n    image: postgres:16.4\n    ports: ["5432:5432"]\n  mail:\n    image: axllent/mailpit\n',
    },
    unknown: true,
  },
  'the stack says that it is for developers': {
    files: {
      'package.json': '{ "dependencies": { "@planetscale/database": "1" } }',
      'src/db.js':
        "import { connect } from '@planetscale/database';\nexport const db = connect({ url: process.env.DATABASE_URL });\n",
      'docker-compose.yml':
        '# For local development only.\nservices:\n  db:\n    image: mysql:8\n  proxy:\n    image: ghcr.io/acme/proxy\n',
    },
    closed: true,
  },
  'a framework brings the client of the schema': {
    files: {
      'e2e-tests/package.json': '{ "dependencies": { "@prisma/client": "6" } }',
      'app/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
    },
    unknown: true,
  },
  'the disk of a runner keeps nothing': {
    files: { ...postgres, '.github/workflows/backup.yml': nightly('pg_dump "$URL" > backup.sql') },
    open: ['no-backup'],
    manual: true,
  },
  'a dump to a scratch folder whose upload is only told of': {
    files: {
      ...postgres,
      'scripts/backup.sh': `
#!/bin/sh
OUT=/tmp/shop.sql.gz
pg_dump "$DATABASE_URL" | gzip > "$OUT"
echo "now run: aws s3 cp $OUT s3://shop-copies/"
`,
      'infra/cron/backup': '0 3 * * * root /srv/scripts/backup.sh\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'a timer dumps to a scratch folder and logs that it was uploaded': {
    files: {
      ...postgres,
      'package.json': '{ "name": "shop", "dependencies": { "node-cron": "3" } }',
      'server/backup-job.ts': `
import cron from 'node-cron';
import { execSync } from 'node:child_process';
cron.schedule('0 3 * * *', () => {
  execSync('pg_dump $DATABASE_URL > /tmp/shop.sql');
  console.log('aws s3 cp /tmp/shop.sql s3://copies/');
});
`,
    },
    open: ['no-backup'],
    manual: true,
  },
  'a dump to a scratch folder is uploaded': {
    files: {
      ...postgres,
      'scripts/backup.sh': `
#!/bin/sh
OUT=$(mktemp)
pg_dump "$DATABASE_URL" | gzip > "$OUT"
echo "Uploading" && aws s3 cp "$OUT" s3://shop-copies/
`,
      'infra/cron/backup': '0 3 * * * root /srv/scripts/backup.sh\n',
    },
    closed: true,
  },
  'what lists, restores, explains, fills and migrates takes no backup': {
    files: {
      ...postgres,
      'package.json': '{ "name": "shop", "dependencies": { "pg": "8" } }',
      'scripts/list-backups.sh': '#!/bin/sh\naws s3 ls s3://copies/ | grep pg_dump\n',
      'scripts/restore-backup.sh': '#!/bin/sh\npg_dump "$URL" > before.sql\npsql "$URL" < "$1"\n',
      'scripts/db-seed-dump.sh': '#!/bin/sh\npg_dump "$SOURCE" | psql "$URL"\n',
      'scripts/backup.sh': `
#!/bin/sh
usage() {
  cat <<EOF
Take a backup by hand: pg_dump "$DATABASE_URL" > shop.sql
EOF
}
echo 'pg_dump takes a while'
usage
`,
      'src/migrations/2026-backup-tables.ts': "export const up = (db) => db.exec('pg_dump');\n",
      'src/backup-command.ts': `
program
  .command('backup')
  .description('Calls pg_dump')
  .action(() => console.log('Run pg_dump on the server.'));
`,
      'infra/cron/all': `
0 3 * * * root /srv/scripts/list-backups.sh
0 4 * * * root /srv/scripts/restore-backup.sh
0 5 * * * root /srv/scripts/backup.sh
`,
    },
    open: ['no-backup'],
    manual: true,
  },
  'one of two databases of one kind is dumped': {
    files: {
      'compose.yml': `
services:
  app-db:
    image: postgres:17
    volumes: [app:/var/lib/postgresql/data]
  flow-db:
    image: postgres:16
    volumes: [flow:/var/lib/postgresql/data]
  app:
    image: acme/app
    environment:
      DATABASE_URL: postgres://app@app-db:5432/app
      FLOW_URL: postgres://flow@flow-db:5432/flow
`,
      'scripts/backup.sh': dump,
      'infra/cron/backup': '0 3 * * * root /srv/scripts/backup.sh\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'a sidecar copies the volume of one database of two': {
    files: {
      'compose.yml': `
services:
  app-db:
    image: postgres:17
    volumes: [app:/var/lib/postgresql/data]
  flow-db:
    image: postgres:16
    volumes: [flow:/var/lib/postgresql/data]
  copies:
    image: offen/docker-volume-backup:v2
    volumes: [flow:/backup/flow:ro]
`,
    },
    open: ['no-backup'],
    manual: true,
  },
  'two databases of one kind stand in one stack': {
    files: {
      'compose.yml':
        'services:\n  app-db:\n    image: postgres:17\n  flow-db:\n    image: postgres:16\n  app:\n    image: acme/app\n',
    },
    open: ['no-backup', 'no-backup'],
    manual: true,
  },
  'a mock of tests writes a file': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.1.0" } }',
      'src/app/page.tsx': 'export default () => null;\n',
      'src/testing/mocks/db.ts':
        "import { writeFile } from 'fs/promises';\nexport const save = (all: string) => writeFile('mock-data/db.json', all);\n",
    },
    notApplicable: true,
  },
  'the installer copies on request': {
    files: {
      'deploy/compose.yml':
        'services:\n  web:\n    image: acme/web\n  web-db:\n    image: postgres:16\n  events:\n    image: clickhouse/clickhouse-server:25\n',
      'deploy/install.sh':
        '#!/bin/bash\ncopy_folder() {\n  docker cp "$1:$2/." "$OUT"\n}\nfunction backupData() {\n  OUT=/srv/copies\n  copy_folder web-db /var/lib/postgresql/data\n}\nif [ "$1" = backup ]; then backupData; fi\n',
    },
    open: ['no-backup', 'unscheduled-backup'],
    manual: true,
  },
  'the installer sets its own files aside, and copies no data': {
    files: {
      ...postgres,
      'install.sh':
        '#!/bin/bash\nbackup_stack() {\n  cp "$1" "$1.bak"\n}\nupdate() {\n  backup_stack compose.yaml\n  tar -xzf release.tgz\n}\nupdate\n',
    },
    open: ['no-backup'],
    manual: true,
  },
  'a scheduled dump of ClickHouse': {
    files: {
      'compose.yml': 'services:\n  events:\n    image: clickhouse/clickhouse-server:25\n',
      'cron/events-backup': '0 2 * * * root clickhouse-backup create_remote nightly\n',
    },
    closed: true,
  },
  'a cache keeps nothing': {
    files: { 'compose.yaml': 'services:\n  cache:\n    image: redis:7-alpine\n' },
    notApplicable: true,
  },
  'nothing is kept': {
    files: { 'package.json': '{}', 'index.js': 'console.log(1);\n' },
    notApplicable: true,
  },
});
