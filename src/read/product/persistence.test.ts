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
])('%s', (_, files, expected) => expect(found(files)).toEqual(expected));
