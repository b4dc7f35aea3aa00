import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const PROBE = '#!/usr/bin/env bash\nset -euo pipefail\npass=0\nif curl -sf "$URL"; then\n  ((pass++))\nfi\n';
const HEALTH = 'export async function GET() {\n  return Response.json({ at: Date.now() });\n}\n';
const WATCH =
  'name: Uptime\non:\n  schedule:\n    - cron: "*/5 * * * *"\njobs:\n  ask:\n    steps:\n      - run: curl -fsS https://shop.example.org/api/health\n';

/** Asks for ever and tells a chat. */
const HEARTBEAT = `import time
from urllib.request import urlopen

while running:
    for url in URLS:
        try:
            urlopen(url, timeout=5)
        except OSError:
            urlopen('https://api.telegram.org/bot' + TOKEN + '/sendMessage?text=' + url)
    time.sleep(60)
`;

const UNIT = `[Service]
ExecStart=/usr/bin/python3 /opt/shop/scripts/heartbeat.py
Restart=always
`;

const BY_CLOCK = `name: Heartbeat
on:
  schedule:
    - cron: '*/5 * * * *'
jobs:
  ask:
    steps:
      - run: python3 scripts/heartbeat.py --once
`;

const ADDRESSES = `OPENROUTER_BASE_URL=https://openrouter.ai/api/v1
NEXTAUTH_URL=https://yourdomain.com
`;

const NGINX = `server {
  server_name www.shop.dev shop.dev;
}
`;

const ADVICE = `# Operations

We use Better Stack, or one of the other options; alerts go to whoever sets it up.

A status page would help.

Consider UptimeRobot.
`;

const STACK = `services:
  web:
    build: ./web
    environment:
      - API_URL=http://api:4000
      - JOBS_URL=http://jobs:4001
      - CACHE_URL=redis://cache:6379
  api:
    build: ./api
    healthcheck:
      test: ["CMD", "wget", "-qO-", "http://127.0.0.1:4000/healthz"]
  jobs:
    image: jobs
    healthcheck: { test: ["CMD-SHELL", "curl -f http://localhost:4001/health/live || exit 1"] }
  cache:
    image: redis:7
`;
const MIDDLEWARE = `import { NextResponse, type NextRequest } from "next/server"

const BLOCKED = ["curl/", "wget"]

export function middleware(request: NextRequest) {
  const { pathname } = request.nextUrl
  // Docker asks here
  if (pathname.startsWith("/_next") || pathname === "/api/health") {
    return NextResponse.next()
  }
  const agent = request.headers.get("user-agent") ?? ""
  if (BLOCKED.some((each) => agent.includes(each))) return new NextResponse("no", { status: 403 })
  return NextResponse.next()
}
`;
const SERVER = `import express from "express"
import rateLimit from "express-rate-limit"

const app = express()
const limiter = rateLimit({
  windowMs: 60000,
  limit: 100,
})
app.use(limiter)
app.get("/healthz", (_request, response) => response.send("ok"))
`;
const ROUTE = `import { NextResponse } from "next/server"

export async function GET() {
  return NextResponse.json({ status: "healthy" })
}
`;
/** A whole stack with an app, its backends and its probes. */
const SHOP: Tree = {
  'deploy.sh': 'docker compose -f docker-compose.prod.yml up -d\n',
  'docker-compose.prod.yml': STACK,
  'web/package.json': '{ "dependencies": { "next": "14.2.3" } }',
  'web/app/layout.tsx':
    'export const metadata = { title: "Shop & Co: everything" }\n\nexport default function Layout() {\n  return null\n}\n',
  'web/app/page.tsx': 'export default function Page() {\n  return <h1>Shop</h1>\n}\n',
  'web/app/api/health/route.ts': ROUTE,
  'web/middleware.ts': MIDDLEWARE,
  'api/package.json': '{ "dependencies": { "express": "5", "express-rate-limit": "8" } }',
  'api/index.ts': SERVER,
  'scripts/backup.sh': '#!/bin/sh\ncurl "$BACKUP_PING_URL"\n',
  'scripts/healthcheck.sh':
    '#!/bin/bash\nWEB_URL=${WEB_URL:-http://localhost:3000}\nask() { curl -sf "$1" > /dev/null; }\nask "$WEB_URL"\n',
  '.env.example': 'SITE_URL=https://shop.dev\n',
};

/** A site on a server of its own. */
function site(more: Tree): Tree {
  return {
    'deploy.sh': 'docker compose -f docker-compose.prod.yml up -d\n',
    'docker-compose.prod.yml': 'services:\n  web:\n    image: web\n',
    ...more,
  };
}

/** The same with a health route of Next.js 14. */
function health(text: string, next = '14.0.4'): Tree {
  return site({
    'package.json': `{ "dependencies": { "next": "${next}" } }`,
    'app/page.tsx': 'export default function Page() {\n  return <h1>Shop</h1>;\n}\n',
    'app/api/health/route.ts': text,
    '.github/workflows/uptime.yml': WATCH,
  });
}

testGap(gap, import.meta.url, {
  // Open in its ways.
  'nothing watches': { files: site({}), open: ['no-monitor'], manual: true },
  'nothing watches, and backups say when the last one was good': {
    files: site({ 'scripts/backup.sh': 'date -u >backups/last-success\n' }),
    open: ['no-monitor'],
    manual: true,
  },
  'the health route is frozen by the build': { files: health(HEALTH), open: ['frozen-health'] },
  'it asks others only where a variable says so': {
    files: health(
      "export async function GET() {\n  if (process.env.API_URL) await fetch(process.env.API_URL, { cache: 'no-store' });\n  return Response.json({});\n}\n",
    ),
    open: ['frozen-health'],
  },
  'its request is named and not looked at': {
    files: health('export async function GET(_request: Request) {\n  return Response.json({});\n}\n'),
    open: ['frozen-health'],
  },
  'a probe ends at its first success': {
    files: site({ 'scripts/healthcheck.sh': PROBE, '.github/workflows/uptime.yml': WATCH }),
    open: ['broken-probe'],
  },
  'a stack that nothing watches, with a health route, probes and a limit that mislead': {
    files: SHOP,
    open: ['no-monitor', 'frozen-health', 'blocked-probe', 'limited-health'],
  },
  'a middleware that lets the health route through by one condition': {
    files: {
      ...SHOP,
      'web/middleware.ts': MIDDLEWARE.replace(
        'pathname.startsWith("/_next") || ',
        'request.method === "GET" && ',
      ),
      'web/app/api/health/route.ts': ROUTE.replace(
        'import { NextResponse } from "next/server"\n\n',
        '',
      ).replace('NextResponse', 'Response'),
      'api/index.ts': SERVER.replace('windowMs', 'skip: () => false,\n  windowMs'),
      'scripts/healthcheck.sh': '#!/bin/bash\nWEB_URL=http://localhost:3000\ncurl -A monitor "$WEB_URL"\n',
    },
    open: ['no-monitor', 'frozen-health'],
  },
  "with monitors of one's own, on demand": {
    files: site({ '.env.example': 'SITE_URL=https://shop.dev\n' }),
    open: ['no-monitor'],
    options: { prometheus: true },
  },
  'an app in JavaScript': {
    files: {
      ...Object.fromEntries(
        Object.entries(SHOP).flatMap(([path, text]) =>
          /^api\/|middleware|healthcheck/.test(path)
            ? []
            : [[path.replace(/^(web\/.*)\.tsx?$/, '$1.js'), text]],
        ),
      ),
      'web/app/api/health/route.js': `export const dynamic = "force-dynamic"\n\n${ROUTE}`,
    },
    open: ['no-monitor'],
  },
  'a list of monitors is there already, and nothing that a monitor needs': {
    files: site({ 'scripts/monitors.mjs': 'export {};\n' }),
    open: ['no-monitor'],
    manual: true,
  },
  // Looks closed.
  'Kuma stands in a stack that nothing deploys': {
    files: site({
      'docker-compose.monitoring.yml': 'services:\n  kuma:\n    image: louislam/uptime-kuma:1\n',
    }),
    open: ['idle-monitor'],
    manual: true,
  },
  'Prometheus is set up and runs nowhere': {
    files: site({
      'infra/prometheus.yml': 'scrape_configs:\n  - job_name: blackbox\n    metrics_path: /probe\n',
    }),
    open: ['idle-monitor'],
    manual: true,
  },
  'a workflow on a clock does something else': {
    files: site({ '.github/workflows/stale.yml': WATCH.replace('Uptime', 'Stale issues') }),
    open: ['no-monitor'],
    manual: true,
  },
  'a workflow is called uptime and has no clock': {
    files: site({
      '.github/workflows/uptime.yml': WATCH.replace(/ {2}schedule:\n.*\n/, '  workflow_dispatch:\n'),
    }),
    open: ['no-monitor'],
    manual: true,
  },
  'a workflow asks once a day': {
    files: site({ '.github/workflows/uptime.yml': WATCH.replace('*/5 * * * *', '30 4 * * *') }),
    open: ['rare-monitor'],
    manual: true,
  },
  'Checkly asks once a day': {
    files: {
      'vercel.json': '{}',
      'checkly.config.ts':
        "import { Frequency } from 'checkly/constructs';\nexport default defineConfig({ projectName: 'shop', checks: { browserChecks: { frequency: Frequency.EVERY_24H } } });\n",
    },
    open: ['rare-monitor'],
    manual: true,
  },
  'the word stands in the code': {
    files: site({ 'src/uptime.ts': 'export const uptime = () => process.uptime();\n' }),
    open: ['no-monitor'],
    manual: true,
  },
  'a program asks for ever, and nothing starts it': {
    files: site({
      'scripts/heartbeat.py': HEARTBEAT,
      'scripts/setup.sh': 'echo "Then run scripts/heartbeat.py"\n',
      'scripts/healthcheck.sh': 'curl -fsS "$URL"\n',
    }),
    open: ['idle-monitor'],
    manual: true,
  },
  'Kuma waits in a profile of the stack': {
    files: site({
      'docker-compose.prod.yml':
        'services:\n  web:\n    image: web\n  kuma:\n    image: louislam/uptime-kuma:1\n    profiles: [monitoring]\n',
    }),
    open: ['idle-monitor'],
    manual: true,
  },
  'Gatus is set up and runs nowhere': {
    files: site({ 'infra/gatus/config.yaml': 'endpoints:\n  - url: https://shop.dev\n' }),
    open: ['idle-monitor'],
    manual: true,
  },
  'a document advises, and addresses are those of others': {
    files: site({
      'docs/operations.md': ADVICE,
      '.env.example': ADDRESSES,
      'infra/nginx/nginx.conf': NGINX,
    }),
    open: ['no-monitor'],
    manual: true,
  },
  'a badge shows that it is watched, and its health is frozen': {
    files: {
      ...health(HEALTH),
      '.github/workflows/uptime.yml': 'on: push\n',
      'README.md': '# Shop\n\n![up](https://img.shields.io/uptimerobot/ratio/m1-2)\n',
    },
    open: ['frozen-health'],
    manual: true,
  },
  // Closed in its ways.
  'a unit keeps a program running beside what it watches': {
    files: site({ 'scripts/heartbeat.py': HEARTBEAT, 'infra/heartbeat.service': UNIT }),
    closed: true,
    notes: ['same-host-monitor'],
  },
  'a workflow runs a program on a clock': {
    files: site({ 'scripts/heartbeat.py': HEARTBEAT, '.github/workflows/watch.yml': BY_CLOCK }),
    closed: true,
    notes: [],
  },
  'a workflow asks every five minutes': {
    files: site({ '.github/workflows/uptime.yml': WATCH }),
    closed: true,
  },
  'Checkly is set up as code': {
    files: {
      'vercel.json': '{}',
      'checkly.config.ts': "export default defineConfig({ projectName: 'shop' });\n",
    },
    closed: true,
  },
  'Checkly asks every ten minutes beside a daily one': {
    files: {
      'vercel.json': '{}',
      'checkly.config.ts':
        "import { Frequency } from 'checkly/constructs';\nexport default defineConfig({ projectName: 'shop', checks: { frequency: Frequency.EVERY_10M, browserChecks: { frequency: Frequency.EVERY_24H } } });\n",
    },
    closed: true,
  },
  'Terraform sets a check up': {
    files: site({
      'infra/main.tf': 'resource "google_monitoring_uptime_check_config" "web" {\n  period = "300s"\n}\n',
    }),
    closed: true,
  },
  'Upptime watches': {
    files: site({ '.upptimerc.yml': 'sites:\n  - url: https://shop.example.org\n' }),
    closed: true,
  },
  'Kuma stands beside what it watches': {
    files: site({
      'docker-compose.prod.yml':
        'services:\n  web:\n    image: web\n  kuma:\n    image: louislam/uptime-kuma:1\n',
    }),
    closed: true,
    notes: ['same-host-monitor'],
  },
  'the health route looks at its request': {
    files: health(
      'export async function GET(request: Request) {\n  return Response.json({ url: request.url });\n}\n',
    ),
    closed: true,
  },
  'the health route says that it is dynamic': {
    files: health(`export const dynamic = 'force-dynamic';\n${HEALTH}`),
    closed: true,
  },
  'Next.js 15 computes it for each request': { files: health(HEALTH, '15.1.0'), closed: true },
  'a probe counts by assignment': {
    files: site({
      'scripts/healthcheck.sh': PROBE.replace('((pass++))', 'pass=$((pass + 1))'),
      '.github/workflows/uptime.yml': WATCH,
    }),
    closed: true,
  },
  // Beyond reading, or not there.
  'a document names the service': {
    files: site({
      'docs/operations.md': '# Operations\n\nThe site is monitored by UptimeRobot; alerts go to the team.\n',
    }),
    unknown: true,
  },
  'a badge shows that it is watched': {
    files: site({ 'README.md': '# Shop\n\n![up](https://img.shields.io/uptimerobot/ratio/m1-2)\n' }),
    unknown: true,
  },
  'the environment names the address of a monitor': {
    files: site({ '.env.example': 'BETTERSTACK_HEARTBEAT_URL=\n' }),
    unknown: true,
  },
  'the product shows its own state': {
    files: site({
      'package.json': '{ "name": "@shop/web" }',
      'app/footer.jsx': 'export const Status = () => <a href="https://status.shop.dev">Status</a>;\n',
    }),
    unknown: true,
  },
  'the state of somebody else is linked': {
    files: site({
      'package.json': '{ "name": "shop" }',
      'app/help.jsx': 'export const Status = () => <a href="https://status.hosting.dev">Status</a>;\n',
    }),
    open: ['no-monitor'],
    manual: true,
  },
  'a library': { files: { 'package.json': '{ "name": "lib" }' }, notApplicable: true },
});
