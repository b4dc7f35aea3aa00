import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const APP = {
  'package.json': '{ "dependencies": { "next": "14.0.4" } }',
  'app/page.tsx': 'export default () => null;\n',
  'app/api/health/route.ts': 'export async function GET() {\n  return Response.json({});\n}\n',
  'app/api/(plugs)/plugs/[plugId]/route.ts':
    'export const GET = () => null;\nexport async function POST() {\n  return null;\n}\n',
  'app/api/auth/[...nextauth]/route.ts': 'export { handler as GET, handler as POST } from "@/auth";\n',
};
const SPEC = `openapi: 3.0.3
info: { title: X, version: 1.0.0 }
paths:
  /api/health:
    get: { responses: { '200': { description: ok } } }
  /api/plugs/{id}:
    parameters: []
    get: { responses: { '200': { description: ok } } }
    post: { responses: { '200': { description: ok } } }
`;

testGap(gap, import.meta.url, {
  'routes and no description': { files: APP, open: ['no-description'] },
  'a description of every operation': {
    files: { ...APP, 'docs/openapi.yaml': SPEC },
    closed: true,
    notes: [],
  },
  'one operation is missing and one is gone': {
    files: {
      ...APP,
      'public/swagger.yml': `${SPEC.replace(/ {4}post:.*\n/, '')}  /api/old:\n    delete: {}\n`,
    },
    open: ['undocumented-operation', 'documented-but-not-served'],
  },
  'a documented address outside of /api': {
    files: {
      ...APP,
      'app/health/route.ts': 'export const GET = () => null;\n',
      'docs/openapi.yaml': `${SPEC}  /health:\n    get: {}\n`,
    },
    closed: true,
  },
  'a JSON description whose server holds the prefix': {
    files: {
      ...APP,
      'openapi.json':
        '{ "openapi": "3.1.0", "servers": [{ "url": "https://x.dev/api" }], "paths": {\n"/health": { "get": {} },\n"/plugs/{p}": { "get": {}, "post": {} } } }',
    },
    closed: true,
  },
  'a description of what is meant for others': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'app/page.tsx': 'export default () => null;\n',
      'app/api/v1/items/route.ts': 'export const GET = () => null;\nexport const POST = () => null;\n',
      'app/api/v1/users/route.ts': 'export const GET = () => null;\n',
      'app/api/v1/bills/route.ts': 'export const GET = () => null;\n',
      'app/api/cron/route.ts': 'export const GET = () => null;\n',
      'docs/openapi.yaml':
        'openapi: 3.0.0\npaths:\n  /api/v1/items:\n    get: {}\n    post: {}\n  /api/v1/users:\n    get: {}\n',
    },
    open: ['undocumented-operation'],
    notes: ['internal-operation'],
  },
  'most of it is for others, one part is for admins, and a tool wrote a route': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      ...Object.fromEntries(
        ['public/items', 'public/users', 'public/bills', 'admin/teams', 'admin/keys', 'feedback'].map(
          (name) => [`src/pages/api/${name}/index.ts`, 'export default function handler() {}\n'],
        ),
      ),
      'src/pages/api/admin/teams/[id].ts': 'export default function handler() {}\n',
      'src/pages/api/public/generated/root.ts': 'export default { encode() {} };\n',
      'docs/openapi.yaml':
        'openapi: 3.0.0\npaths:\n  /api/public/items:\n    get: {}\n  /api/public/users:\n    get: {}\n  /api/public/bills:\n    get: {}\n  /api/admin/teams:\n    get: {}\n',
    },
    open: ['undocumented-operation'],
    notes: ['internal-operation', 'internal-operation'],
  },
  'a generator describes the server beside the app': {
    files: {
      'package.json': '{ "private": true }',
      'apps/web/package.json': '{ "dependencies": { "next": "15.0.0", "@acme/api": "workspace:*" } }',
      'apps/web/src/app/api/geo/route.ts': 'export const GET = () => Response.json({});\n',
      'apps/api/package.json':
        '{ "name": "@acme/api", "dependencies": { "hono": "4.0.0", "@hono/zod-openapi": "1.0.0" } }',
      'apps/api/src/index.ts':
        "import { OpenAPIHono } from '@hono/zod-openapi';\nexport default new OpenAPIHono();\n",
    },
    open: ['no-description'],
  },
  'a generator describes the server that the app hands its requests to': {
    files: {
      'package.json': '{ "private": true }',
      'apps/web/package.json': '{ "dependencies": { "next": "15.0.0", "@acme/api": "workspace:*" } }',
      'apps/web/src/app/api/geo/route.ts': 'export const GET = () => Response.json({});\n',
      'apps/web/src/app/api/[...all]/route.ts': "export { app as GET } from '@acme/api';\n",
      'packages/api/package.json':
        '{ "name": "@acme/api", "dependencies": { "hono": "4.0.0", "@hono/zod-openapi": "1.0.0" } }',
      'packages/api/src/index.ts':
        "import { OpenAPIHono } from '@hono/zod-openapi';\nexport const app = new OpenAPIHono();\n",
    },
    closed: true,
  },
  'a description of another application': {
    files: { ...APP, 'backend/openapi.yaml': "openapi: '3.0.0'\npaths:\n  /v1/orders:\n    get: {}\n" },
    open: ['no-description'],
    notes: ['foreign-description'],
  },
  'a file that is only named like one': {
    files: { ...APP, 'swagger.json': '{ "theme": "dark" }', 'test/fixtures/openapi.yaml': SPEC },
    open: ['no-description'],
    notes: [],
  },
  'comments that a generator reads': {
    files: {
      ...APP,
      'app/api/health/route.ts':
        '/**\n * @swagger\n * /api/health:\n *   get:\n *     description: ok\n */\nexport const GET = () => null;\n',
    },
    open: ['undocumented-operation', 'undocumented-operation'],
  },
  'a generator that is used': {
    files: {
      ...APP,
      'package.json': '{ "dependencies": { "next": "15.0.0", "@asteasolutions/zod-to-openapi": "7.0.0" } }',
      'lib/docs.ts': "import { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';\n",
    },
    closed: true,
  },
  'a generator that nothing uses': {
    files: {
      ...APP,
      'package.json': '{ "dependencies": { "next": "15.0.0", "trpc-to-openapi": "2.0.0" } }',
    },
    open: ['no-description'],
  },
  'JavaScript under src, and the pages router': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'src/app/page.jsx': 'export default () => null;\n',
      'src/app/api/items/route.js': 'export const PUT = () => null;\n',
      'src/pages/api/users/[id].js': 'export default function handler() {}\n',
      'docs/openapi.yaml':
        'openapi: 3.0.0\npaths:\n  /api/items:\n    get: {}\n  /api/users/{id}:\n    get: {}\n',
    },
    open: ['undocumented-operation', 'documented-but-not-served'],
  },
  'a broken description describes nothing': {
    files: { ...APP, 'openapi.yaml': 'openapi: 3.0.0\npaths:\n  /api/health: [\n' },
    open: ['no-description'],
  },
  'only routes of libraries': {
    files: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'app/page.tsx': 'export default () => null;\n',
      'app/feed.xml/route.ts': 'export const GET = () => null;\n',
      'app/api/auth/[...nextauth]/route.ts': 'export { GET, POST } from "@/auth";\n',
    },
    notApplicable: true,
  },
});
