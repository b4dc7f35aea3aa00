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
  // Closed in its ways.
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
