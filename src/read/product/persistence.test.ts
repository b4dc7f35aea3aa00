import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { persistenceOf } from './persistence.ts';

const found = (files: Record<string, string>) =>
  persistenceOf(createRepo(memorySource(files))).map(
    ({ kind, how, path, orphan }) => `${kind} ${how} ${path}${orphan ? ' orphan' : ''}`,
  );
const manifest = (...names: string[]) =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) });

test.each<[string, Record<string, string>, string[]]>([
  ['nothing', { 'package.json': manifest('next'), 'app/page.tsx': '' }, []],
  [
    'a client that is used',
    {
      'api/package.json': manifest('better-sqlite3'),
      'api/src/db.ts': "import Database from 'better-sqlite3';\n",
    },
    ['SQLite client api/package.json'],
  ],
  [
    'a client that is not',
    { 'package.json': manifest('pg'), 'src/a.ts': "// import 'pg'\n", 'scripts/b.ts': "import 'pg';\n" },
    [],
  ],
  [
    'services of a stack',
    {
      'compose.yml':
        'services:\n  a:\n    image: redis:7-alpine\n  b:\n    image: pgvector/pgvector:pg16\n  c:\n    image: postgres-exporter\n',
    },
    ['Redis service compose.yml', 'PostgreSQL service compose.yml'],
  ],
  [
    'a schema that nothing uses',
    { 'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n' },
    ['PostgreSQL schema prisma/schema.prisma orphan'],
  ],
  [
    'a schema that is used',
    {
      'prisma/schema.prisma': 'datasource db {\n  provider = "mysql"\n}\n',
      'src/db.ts': 'export const db = new PrismaClient();\n',
    },
    ['MySQL schema prisma/schema.prisma'],
  ],
  [
    'JSON that a server writes',
    {
      'package.json': manifest('express'),
      'src/store.ts': "const FILE = 'data.json';\nfs.writeFileSync(FILE, JSON.stringify(all));\n",
    },
    ['JSON files files src/store.ts'],
  ],
  [
    'JSON that a script writes',
    { 'package.json': manifest('express'), 'scripts/gen.ts': "fs.writeFileSync('a.json', '');\n" },
    [],
  ],
  [
    'JSON that somebody writes by hand, and a test',
    {
      'package.json': manifest('express'),
      'src/measure.ts':
        "async function main() {\n  fs.writeFileSync('times.json', JSON.stringify(all));\n}\nmain();\n",
      'src/testing/mocks/db.ts': "const FILE = 'a.json';\nfs.writeFileSync(FILE, JSON.stringify(all));\n",
    },
    [],
  ],
  [
    'JSON that a server with a main function writes',
    {
      'package.json': manifest('express'),
      'src/server.ts':
        "async function main() {\n  fs.writeFileSync('all.json', JSON.stringify(all));\n}\nmain();\n",
    },
    ['JSON files files src/server.ts'],
  ],
  [
    'schemas of which whoever installs it takes one',
    {
      'prisma/mysql/schema.prisma': 'datasource db {\n  provider = "mysql"\n}\n',
      'prisma/postgresql/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
      'src/db.ts': 'export const db = new PrismaClient();\n',
    },
    ['PostgreSQL schema prisma/postgresql/schema.prisma'],
  ],
  [
    'schemas of two services',
    {
      'users/prisma/schema.prisma': 'datasource db {\n  provider = "mysql"\n}\n',
      'orders/prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
      'src/db.ts': 'export const db = new PrismaClient();\n',
    },
    ['PostgreSQL schema orders/prisma/schema.prisma', 'MySQL schema users/prisma/schema.prisma'],
  ],
  [
    'what other languages declare',
    {
      'api/pom.xml':
        '<dependency><groupId>org.postgresql</groupId></dependency><dependency><artifactId>sqlite-jdbc</artifactId><scope>test</scope></dependency>',
      'jobs/pyproject.toml': 'dependencies = [\n  "redis>=5",\n  "pymongo",\n]\n',
      'jobs/requirements-dev.txt': 'pymysql\n',
      'gate/go.mod':
        'require (\n\tgithub.com/go-sql-driver/mysql v1.8\n\tgithub.com/lib/pq v1.0 // indirect\n)\n',
    },
    [
      'Redis client jobs/pyproject.toml',
      'MongoDB client jobs/pyproject.toml',
      'PostgreSQL client api/pom.xml',
      'MySQL client gate/go.mod',
    ],
  ],
  [
    'what Python brings along',
    { 'a.py': 'import sqlite3\n', 'tests/b.py': 'import sqlite3\n' },
    ['SQLite client a.py'],
  ],
  [
    'Supabase and Firebase by their own files',
    { 'supabase/migrations/1.sql': '', 'supabase/config.toml': '', 'database.rules.json': '{}' },
    ['Firestore schema database.rules.json', 'PostgreSQL schema supabase/config.toml'],
  ],
  [
    'Firestore in the browser, and a sign-in through Firebase beside it',
    {
      'a/package.json': manifest('firebase'),
      'a/src/a.ts': "import { getAuth } from 'firebase/auth';\n",
      'b/package.json': manifest('firebase'),
      'b/src/b.ts': "import { getFirestore } from 'firebase/firestore';\n",
    },
    ['Firestore client b/package.json'],
  ],
  [
    'a file of SQLite in a volume',
    {
      'compose.yml':
        'services:\n  web:\n    image: shop\n    environment:\n      DATABASE_URL: file:/data/shop.db\n    volumes:\n      - data:/data\n',
    },
    ['SQLite service compose.yml'],
  ],
  [
    'Terraform, Helm and Kubernetes',
    {
      'infra/main.tf': 'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n',
      'charts/shop/Chart.yaml': 'name: redis\ndependencies:\n  - name: mysql\n    version: 1.0.0\n',
      'k8s/search.yaml':
        'apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  containers:\n    - image: opensearchproject/opensearch:2\n',
    },
    [
      'PostgreSQL service infra/main.tf',
      'MySQL service charts/shop/Chart.yaml',
      'Elasticsearch service k8s/search.yaml',
    ],
  ],
  [
    'a cache handler of Next.js',
    {
      'package.json': manifest('next', 'redis'),
      'cache-handler.mjs': "import { createClient } from 'redis';\n",
      'lib/rendered.ts':
        "const FILE = 'pages.json';\nexport class Pages {\n  async revalidateTag() {\n    fs.writeFileSync(FILE, JSON.stringify(all));\n  }\n}\n",
    },
    [],
  ],
  [
    'scripts that write JSON, and a register that a proxy reads',
    {
      'package.json':
        '{ "dependencies": { "next": "15.0.0" }, "scripts": { "build": "node openapi/write.mjs && next build" } }',
      'openapi/write.mjs': `import { writeFile } from 'node:fs/promises';
const FILE = 'openapi.json';
writeFile(FILE, JSON.stringify({}));
`,
      'verify-live.js': `const fs = require('node:fs');
async function verify() {
  fs.writeFileSync('report.json', JSON.stringify([]));
}
verify().catch(console.error);
`,
      'report.mjs': `import { writeFile } from 'node:fs/promises';
await writeFile('report.json', JSON.stringify([]));
`,
      'nginx/templates/register.js': `const fs = require('node:fs');
module.exports.add = (site) => fs.writeFileSync('sites.json', JSON.stringify([site]));
`,
    },
    [],
  ],
  [
    'a server that writes JSON, started by its package',
    {
      'package.json': '{ "dependencies": { "express": "4.0.0" }, "scripts": { "start": "node run.js" } }',
      'run.js': `const fs = require('node:fs');
function start() {
  fs.writeFileSync('orders.json', JSON.stringify([]));
}
start();
`,
    },
    ['JSON files files run.js'],
  ],
])('%s', (_, files, expected) => expect(found(files)).toEqual(expected));
