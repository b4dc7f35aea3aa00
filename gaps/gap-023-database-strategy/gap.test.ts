import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const ONE: Tree = {
  'package.json': '{ "dependencies": { "express": "4.0.0", "better-sqlite3": "12.0.0" } }',
  'src/db.ts': "import Database from 'better-sqlite3';\nexport const db = new Database('a.db');\n",
};
const TWO: Tree = {
  ...ONE,
  'src/billing.ts': "import fs from 'node:fs';\nfs.writeFileSync('billing.json', JSON.stringify([]));\n",
};
const STRATEGY =
  '# Database strategy\n\nWe keep orders in SQLite because there is one server. The JSON files of billing move there in March; until then they stay as they are.\n';
const PRISMA = 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n';

testGap(gap, import.meta.url, {
  // Open in its ways.
  'a database and files': { files: TWO, open: ['no-strategy'], manual: true },
  'a schema that nothing uses': {
    files: { ...ONE, 'prisma/schema.prisma': PRISMA },
    open: ['no-strategy', 'orphan-schema'],
    manual: true,
  },
  'a database in a stack and another in the code': {
    files: { ...ONE, 'docker-compose.prod.yml': 'services:\n  db:\n    image: postgres:16\n' },
    open: ['no-strategy'],
    manual: true,
  },
  'one of three is not spoken of': {
    files: {
      ...TWO,
      'docker-compose.prod.yml': 'services:\n  db:\n    image: postgres:16\n',
      'docs/adr/0003-databases.md': STRATEGY,
    },
    open: ['unnamed-store'],
    manual: true,
  },
  'events stand in a database of their own': {
    files: {
      ...ONE,
      'compose.prod.yml':
        'services:\n  events:\n    image: clickhouse/clickhouse-server:25\n    volumes: [events:/var/lib/clickhouse]\nvolumes:\n  events:\n',
    },
    open: ['no-strategy'],
    manual: true,
  },
  // Looks closed.
  'a page says how to set them up': {
    files: {
      ...TWO,
      'docs/database.md':
        '# Database\n\nSQLite is set up by one command, which runs every migration that is not applied yet; JSON files need nothing of the kind.\n\n`npm run migrate`\n',
    },
    open: ['no-strategy'],
    manual: true,
  },
  'a document describes and decides nothing': {
    files: { ...TWO, 'docs/database.md': '# Database\n\nSQLite\n\nJSON\n' },
    open: ['no-strategy'],
    manual: true,
  },
  'an audit asks for one': {
    files: {
      ...TWO,
      'docs/audit.md': [1, 2, 3, 4, 5]
        .map(
          (each) => `## GAP-00${each}: Database strategy\n\nThis gap: decide about SQLite and JSON files.\n`,
        )
        .join('\n'),
    },
    open: ['no-strategy'],
    manual: true,
  },
  'the strategy is a chat, a report, or a list to choose from': {
    files: {
      ...TWO,
      'docs/database.txt': `User: where are orders kept?\n\nAssistant: ${STRATEGY}`,
      'docs/database-status-report.md': STRATEGY,
      'docs/databases.md': `# Databases

Supported databases include SQLite and JSON files. If you have questions about them, we will be happy to help you.
`,
    },
    open: ['no-strategy'],
    manual: true,
  },
  'the strategy at its place passes over what another document names': {
    files: {
      ...TWO,
      'docs/adr/database-strategy.md': `# Database strategy

We keep orders in SQLite because there is one server, and nothing else writes into it at the same time.
`,
      'docs/databases.md': STRATEGY,
    },
    open: ['unnamed-store'],
    manual: true,
  },
  'a service in Python beside one in Go': {
    files: {
      'api/pyproject.toml': '[project]\ndependencies = ["asyncpg"]\n',
      'gate/go.mod': 'require (\n\tgithub.com/go-sql-driver/mysql v1.8.1\n)\n',
    },
    open: ['no-strategy'],
    manual: true,
  },
  // Closed in its ways.
  'a build script writes JSON': {
    files: {
      'package.json':
        '{ "dependencies": { "next": "15.4.0", "mongoose": "8.0.0" }, "scripts": { "build": "node openapi/write.mjs && next build" } }',
      'lib/db.ts': "import mongoose from 'mongoose';\nexport const connect = () => mongoose.connect('');\n",
      'openapi/write.mjs': `import { writeFile } from 'node:fs/promises';
import path from 'node:path';
const file = path.resolve('generated', 'openapi.json');
await writeFile(file, JSON.stringify({}));
`,
    },
    closed: true,
  },
  'Terraform brings the database of a service in Java': {
    files: {
      'pom.xml': '<dependency><groupId>org.postgresql</groupId></dependency>\n',
      'infra/main.tf': 'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n',
    },
    closed: true,
  },
  'a draft beside the stack cannot be read': {
    files: {
      ...ONE,
      'compose.template.yml': 'services:\n  db:\n    image: {{ image }}\n   ports: {{ ports }}\n',
    },
    closed: true,
  },
  'it is decided': { files: { ...TWO, 'docs/adr/database-strategy.md': STRATEGY }, closed: true },
  'it is decided in a section of another document': {
    files: {
      ...TWO,
      'ARCHITECTURE.md': `# Architecture\n\nIntroduction.\n\n#${STRATEGY}\n## Front end\n\nNext.js.\n`,
    },
    closed: true,
  },
  'a diagram says what each is for': {
    files: {
      ...ONE,
      'compose.prod.yml': 'services:\n  events:\n    image: clickhouse/clickhouse-server:25\n',
      'CONTRIBUTING.md':
        '# Contributing\n\n## Network\n\nThis is how the parts of the database layer stand beside each other.\n\n```mermaid\nflowchart TB\n  a["SQLite - OLTP (orders and customers)"]\n  b["ClickHouse - OLAP (what was clicked)"]\n```\n',
    },
    closed: true,
  },
  'one kind only': { files: ONE, closed: true },
  'a cache beside it is no second database': {
    files: { ...ONE, 'docker-compose.prod.yml': 'services:\n  cache:\n    image: redis:7\n' },
    closed: true,
  },
  'whoever installs it takes one of two': {
    files: {
      'package.json': '{ "dependencies": { "express": "4.0.0" } }',
      'src/db.ts': 'export const db = new PrismaClient();\n',
      'db/postgresql/schema.prisma': PRISMA,
      'db/mysql/schema.prisma': PRISMA.replace('postgresql', 'mysql'),
    },
    closed: true,
  },
  // Not there.
  'examples that have nothing to do with each other': {
    files: Object.fromEntries(
      ['postgres:16', 'mysql:8', 'mongo:7', 'redis:7', 'postgres:15', 'mariadb:11'].map((image, index) => [
        `example-${index}/compose.yml`,
        `services:\n  db:\n    image: ${image}\n`,
      ]),
    ),
    notApplicable: true,
  },
  'nothing is kept': {
    files: { 'package.json': '{ "dependencies": { "next": "14.0.4" } }' },
    notApplicable: true,
  },
});
