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
const ANSWERS = `{ responses: { '200': { description: ok } } }`;

/** A description of these operations: `describing({ '/api/items': ['get'] })`. */
function describing(paths: Readonly<Record<string, readonly string[]>>): string {
  const items = Object.entries(paths).map(([path, methods]) => {
    const [, name] = /\{(\w+)\}/.exec(path) ?? [];
    const parameters = name
      ? [`    parameters: [{ name: ${name}, in: path, required: true, schema: { type: string } }]`]
      : [];
    return [`  ${path}:`, ...parameters, ...methods.map((method) => `    ${method}: ${ANSWERS}`)].join('\n');
  });
  return `openapi: 3.0.3\ninfo: { title: X, version: 1.0.0 }\npaths:\n${items.join('\n')}\n`;
}

const SPEC = describing({ '/api/health': ['get'], '/api/plugs/{id}': ['get', 'post'] });

const NEXT = '{ "dependencies": { "next": "15.4.0" } }';
const ITEMS = `
export async function GET() {
  return Response.json([]);
}

export async function POST(request: Request) {
  return Response.json(await request.json(), { status: 201 });
}
`;

/** A description as an object in the code, handed out by a route. */
const OBJECT = {
  'package.json': NEXT,
  'app/api/items/route.ts': ITEMS,
  'app/api/swagger/route.ts': `
import swaggerSpec from './swagger-spec';

export async function GET() {
  return Response.json(swaggerSpec);
}
`,
  'app/api/swagger/swagger-spec.ts': `
const swaggerSpec = {
  openapi: '3.0.0',
  info: { title: 'Shop', version: '1.0.0' },
  paths: {
    '/api/items': {
      get: { summary: 'All items', responses: { '200': { description: 'ok' } } },
      post: { summary: 'A new item', responses: { '201': { description: 'made' } } },
    },
  },
};

export default swaggerSpec;
`,
};

/** Parts of it stand in other modules; the address of its server leaves /api out. */
const PARTS = {
  'package.json': '{ "dependencies": { "next": "15.4.0", "zod-openapi": "4.0.0" } }',
  'app/api/items/route.ts': ITEMS,
  'app/api/items/[id]/route.ts': ITEMS,
  'app/api/users/route.ts': ITEMS,
  'lib/openapi/index.ts': `
import { createDocument } from 'zod-openapi';
import { itemPaths } from './items';
import * as rest from './users';

export const document = createDocument({
  openapi: '3.1.0',
  servers: [{ url: 'https://api.shop.dev' }],
  paths: { ...itemPaths, '/users': { get: rest.list, post: rest.add } },
});
`,
  'lib/openapi/items.ts': `
import { item } from './item';

export const itemPaths = {
  '/items': { get: {}, post: {} },
  '/items/{id}': item,
} satisfies ZodOpenApiPathsObject;
`,
  'lib/openapi/item.ts': 'export const item = { get: {}, post: {} } as const;\n',
  'lib/openapi/users.ts': 'export const list = {};\nexport const add = {};\n',
};

const REGISTERED = {
  'package.json': '{ "dependencies": { "next": "15.4.0", "@asteasolutions/zod-to-openapi": "7.0.0" } }',
  'app/api/v1/items/route.ts': ITEMS,
  'app/api/v1/openapi/route.ts': `
import { OpenAPIRegistry, OpenApiGeneratorV3 } from '@asteasolutions/zod-to-openapi';

const registry = new OpenAPIRegistry();
registry.registerPath({ method: 'get', path: '/items', responses: {} });

export const GET = () =>
  Response.json(
    new OpenApiGeneratorV3(registry.definitions).generateDocument({
      openapi: '3.0.0',
      servers: [{ url: \`\${process.env.ORIGIN}/api/v1\` }],
    }),
  );
`,
};

const HANDED_ON = {
  'package.json': '{ "dependencies": { "next": "15.4.0", "@hono/zod-openapi": "1.0.0" } }',
  'app/api/[[...route]]/route.ts': `
import { handle } from 'hono/vercel';
import { app } from '../../../server/app';

export const GET = handle(app);
export const POST = handle(app);
`,
  'server/app.ts': `
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';

const list = createRoute({ method: 'get', path: '/items', responses: {} });
const add = createRoute({ method: 'post', path: '/items', responses: {} });
export const app = new OpenAPIHono().openapi(list, (c) => c.json([])).openapi(add, (c) => c.json({}));
`,
};

const PROXY = {
  'package.json': '{ "private": true }',
  'web/package.json': NEXT,
  'web/app/api/[...path]/route.ts': `
async function proxy(request: Request, { params }) {
  const { path } = await params;
  return fetch(\`\${process.env.BACKEND}/\${path.join('/')}\`, { method: request.method });
}

export const GET = proxy;
export const POST = proxy;
`,
};

const BACKEND = `openapi: 3.1.0
info: { title: Backend, version: 1.0.0 }
paths:
  /orders:
    get: {}
    post: {}
  /orders/{id}:
    get: {}
  /health:
    get: {}
`;

const REWRITE = {
  'package.json': '{ "private": true }',
  'web/package.json': NEXT,
  'web/app/page.tsx': 'export default () => null;\n',
  'web/next.config.mjs': `
export default {
  headers: async () => [{ source: '/api/:path*', headers: [] }],
  rewrites: async () => [{ source: '/api/:path*', destination: \`\${process.env.BACKEND}/:path*\` }],
};
`,
};

const DECORATED = {
  'package.json':
    '{ "scripts": { "docs": "tsoa spec" }, "dependencies": { "express": "5.0.0" }, "devDependencies": { "tsoa": "6.0.0" } }',
  'src/users.ts': `
import { Controller, Get, Post, Route } from 'tsoa';

@Route('users')
export class Users extends Controller {
  @Get('{id}')
  one() {}
  @Post()
  add() {}
}
`,
};

const COMMENTED = {
  'package.json': '{ "dependencies": { "next": "15.4.0", "next-swagger-doc": "0.4.0" } }',
  'lib/swagger.ts': `
import { createSwaggerSpec } from 'next-swagger-doc';

export const spec = () =>
  createSwaggerSpec({ apiFolder: 'app/api', definition: { openapi: '3.0.0', servers: [{ url: '/api' }] } });
`,
  'app/api/items/route.ts': `
/**
 * @swagger
 * /items:
 *   get:
 *     description: all
 *   post:
 *     description: one more
 */
export const GET = () => Response.json([]);
export const POST = () => Response.json({});
`,
};

const BUILT = {
  'package.json': NEXT,
  'app/api/items/route.ts': ITEMS,
  'lib/spec.ts': `
import { pathsFrom } from './paths';

export const spec = { openapi: '3.0.0', paths: pathsFrom(routes) };
`,
};

const BY_THEMSELVES = {
  'package.json': '{ "dependencies": { "next": "15.4.0", "next-rest-framework": "6.0.0" } }',
  'app/api/items/route.ts': `
import { route } from 'next-rest-framework';

export const { GET, POST } = route({});
`,
  'app/api/users/route.ts': ITEMS,
};

/** A choice of what there is: most of what the pages call is left out. */
const CHOICE = {
  'package.json': NEXT,
  ...Object.fromEntries(
    ['items', 'items/[id]', 'items/export', 'account', 'teams', 'billing', 'search', 'webhooks/stripe'].map(
      (name) => [`app/api/${name}/route.ts`, 'export const GET = () => null;\n'],
    ),
  ),
  'docs/rest.yaml': describing({ '/api/items': ['get'], '/api/items/{id}': ['get'], '/api/search': ['get'] }),
};

/** What handlers take and answer, in the ways in which people write them. */
const SHOP = {
  'package.json': '{ "dependencies": { "next": "14.2.0", "next-auth": "4.24.0", "zod": "3.23.0" } }',
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
  'app/layout.tsx': "export const metadata = { title: 'Little Shop' };\n",
  'lib/session.ts': `
import { getServerSession } from 'next-auth';
import { NextResponse } from 'next/server';

export async function refusal(): Promise<NextResponse | undefined> {
  const session = await getServerSession();
  return session ? undefined : NextResponse.json({ error: 'Sign in first' }, { status: 401 });
}
`,
  'lib/items.ts': `
export interface Item {
  id: string;
  size: 'small' | 'large';
  parts?: Item[];
  added: Date;
  note: string | null;
}

export declare function findItems(most: number): Promise<Item[]>;
`,
  'lib/schemas.ts': `
import { z } from 'zod';

const SIZES = ['small', 'large'] as const;

export const NewItem = z.object({
  name: z.string().trim().min(1).max(80),
  size: z.enum(SIZES).default('small'),
  count: z.number().int().min(1).optional(),
  contact: z.object({ email: z.string().email() }).nullable(),
});
`,
  'app/api/items/route.ts': `
import { NextResponse } from 'next/server';
import { findItems } from '@/lib/items';
import { NewItem } from '@/lib/schemas';
import { refusal } from '@/lib/session';

/** Lists the items, newest first. */
export async function GET(request: Request) {
  const { searchParams } = new URL(request.url);
  const most = Number.parseInt(searchParams.get('most') ?? '20', 10);
  const shop = searchParams.get('shop');
  if (!shop) return NextResponse.json({ error: 'Name a shop' }, { status: 400 });
  return NextResponse.json({ items: await findItems(most), shop, at: new Date().toISOString() });
}

// Adds an item.
export async function POST(request: Request) {
  const refused = await refusal();
  if (refused) return refused;
  const given = NewItem.safeParse(await request.json().catch(() => undefined));
  if (!given.success) return NextResponse.json({ error: 'Not an item', issues: given.error.issues }, { status: 400 });
  return NextResponse.json({ ok: true }, { status: 201 });
}
`,
  'app/api/items/[id]/picture/route.ts': `
export async function PUT(request: Request) {
  const form = await request.formData();
  const picture = form.get('picture') as File;
  const alt = form.get('alt');
  if (!picture) return Response.json({ error: 'No picture' }, { status: 400 });
  return new Response(null, { status: 204 });
}

export async function GET() {
  return new Response(new ReadableStream(), { headers: { 'Content-Type': 'image/webp' } });
}
`,
  'app/api/events/route.ts': `
const HEADERS = { 'Content-Type': 'text/event-stream' };

export const GET = () => new Response(new ReadableStream(), { headers: HEADERS });
`,
  'app/api/orders/route.ts': `
export async function POST(request: Request) {
  const { items, gift = false } = await request.json();
  if (!Array.isArray(items)) return Response.json({ error: 'Not a list' }, { status: 422 });
  const answer = await fetch(process.env.ORDERS + '/orders', { method: 'POST' });
  return Response.json(await answer.json(), { status: answer.status });
}
`,
};

/** Handlers of the pages router tell methods apart by themselves. */
const PAGES = {
  'package.json': '{ "dependencies": { "next": "13.0.0" } }',
  'pages/index.js': 'export default () => null;\n',
  'pages/api/notes/[id].js': `
export default function handler(req, res) {
  const { id } = req.query;
  if (req.method === 'DELETE') return res.status(204).end();
  if (req.method === 'PATCH') {
    const { text } = req.body;
    if (!text) return res.status(400).json({ error: 'No text' });
    return res.json({ id, text });
  }
  res.status(405).json({ error: 'Not allowed' });
}
`,
};

testGap(gap, import.meta.url, {
  'what handlers take and answer': { files: SHOP, open: ['no-description'] },
  'handlers of the pages router': { files: PAGES, open: ['no-description'] },
  'the version that somebody wants': { files: PAGES, open: ['no-description'], options: { version: '3.1' } },
  'tests run with Vitest': {
    files: {
      ...APP,
      'package.json':
        '{ "dependencies": { "next": "14.0.4" }, "devDependencies": { "vitest": "^4.0.0", "typescript": "^5" } }',
      'tsconfig.json': '{}',
    },
    open: ['no-description'],
  },
  'an operation is missing in JSON': {
    files: {
      ...APP,
      'openapi.json': `{
  "openapi": "3.1.0",
  "info": { "title": "X", "version": "1.0.0" },
  "paths": {
    "/api/plugs/{p}": {
      "parameters": [{ "name": "p", "in": "path", "required": true, "schema": { "type": "string" } }],
      "get": {},
      "post": {}
    }
  }
}
`,
    },
    open: ['undocumented-operation'],
  },
  'routes and no description': { files: APP, open: ['no-description'] },
  'a description of every operation': {
    files: { ...APP, 'docs/openapi.yaml': SPEC },
    closed: true,
    notes: [],
  },
  'one operation is missing': {
    files: { ...APP, 'public/swagger.yml': SPEC.replace(/ {4}post:.*\n/, '') },
    open: ['undocumented-operation'],
  },
  'one operation is missing and one is gone': {
    files: {
      ...APP,
      'public/swagger.yml': describing({
        '/api/health': ['get'],
        '/api/plugs/{id}': ['get'],
        '/api/old': ['delete'],
      }),
    },
    open: ['undocumented-operation', 'documented-but-not-served'],
    manual: true,
  },
  'a documented address outside of /api': {
    files: {
      ...APP,
      'app/health/route.ts': 'export const GET = () => null;\n',
      'docs/openapi.yaml': `${SPEC}  /health:\n    get: ${ANSWERS}\n`,
    },
    closed: true,
  },
  'a JSON description whose server holds the prefix': {
    files: {
      ...APP,
      'openapi.json': `{
  "openapi": "3.1.0",
  "info": { "title": "X", "version": "1.0.0" },
  "servers": [{ "url": "https://x.dev/api" }],
  "paths": {
    "/health": { "get": {} },
    "/plugs/{p}": {
      "parameters": [{ "name": "p", "in": "path", "required": true, "schema": { "type": "string" } }],
      "get": {},
      "post": {}
    }
  }
}
`,
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
      'docs/openapi.yaml': describing({ '/api/v1/items': ['get', 'post'], '/api/v1/users': ['get'] }),
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
      'docs/openapi.yaml': describing({
        '/api/public/items': ['get'],
        '/api/public/users': ['get'],
        '/api/public/bills': ['get'],
        '/api/admin/teams': ['get'],
      }),
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
  'an object in the code': { files: OBJECT, closed: true, notes: [] },
  'an object in the code that leaves one out': {
    files: { ...OBJECT, 'app/api/items/[id]/route.ts': ITEMS },
    open: ['undocumented-operation', 'undocumented-operation'],
    manual: true,
  },
  'an object whose parts stand in other modules': { files: PARTS, closed: true, notes: [] },
  'an object whose paths are made by a call': { files: BUILT, closed: true, notes: [] },
  'what a generator is told, below the path of its servers': {
    files: REGISTERED,
    open: ['undocumented-operation'],
    manual: true,
  },
  'what a generator is told behind a route that catches all': {
    files: HANDED_ON,
    closed: true,
    notes: [],
  },
  'routes that describe themselves, and one that does not': {
    files: BY_THEMSELVES,
    open: ['undocumented-operation', 'undocumented-operation'],
    manual: true,
  },
  'comments below the path of the servers that they are handed': {
    files: COMMENTED,
    closed: true,
    notes: [],
  },
  'a proxy to a backend that is described': {
    files: { ...PROXY, 'backend/api/contract.yml': BACKEND },
    closed: true,
    notes: [],
  },
  'a proxy to a backend that is not described': { files: PROXY, unknown: true },
  'a rewrite to a backend that is described': {
    files: { ...REWRITE, 'backend/openapi.yaml': BACKEND },
    closed: true,
    notes: [],
  },
  'a rewrite to a backend that is not described': { files: REWRITE, unknown: true },
  'a backend alone, described by its decorators': { files: DECORATED, closed: true, notes: [] },
  'a backend alone, with a description that is committed': {
    files: { 'backend/main.py': 'app = FastAPI()\n', 'docs/reference/v1.yaml': BACKEND },
    closed: true,
    notes: [],
  },
  'a description of a backend that shares its health alone': {
    files: { ...APP, 'docs/backend.yaml': BACKEND },
    open: ['no-description'],
    notes: ['foreign-description'],
  },
  'a description of a backend that shares one address of many': {
    files: {
      ...APP,
      'docs/backend.yaml': `${BACKEND}${Array.from({ length: 9 }, (_, at) => `  /parts/${at}:\n    get: {}\n`).join('')}  /api/plugs/{id}:\n    get: {}\n`,
    },
    open: ['no-description'],
    notes: ['foreign-description'],
  },
  'a description of a choice': {
    files: CHOICE,
    open: ['undocumented-operation'],
    notes: Array.from({ length: 4 }, () => 'internal-operation'),
  },
  'a catch-all beside routes of which nothing is described': {
    files: { ...APP, 'app/api/files/[...path]/route.ts': 'export const GET = () => null;\n' },
    open: ['no-description'],
    notes: ['open-ended-route'],
  },
  'two servers, of which one has a path': {
    files: {
      ...APP,
      'docs/openapi.yaml': SPEC.replace(
        'paths:',
        'servers: [{ url: /v2 }, { url: /api }]\npaths:',
      ).replaceAll('  /api/', '  /'),
    },
    closed: true,
    notes: [],
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
    manual: true,
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
      'docs/openapi.yaml': describing({ '/api/items': ['get'], '/api/users/{id}': ['get'] }),
    },
    open: ['undocumented-operation', 'documented-but-not-served'],
    manual: true,
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
