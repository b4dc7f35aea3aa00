import type { Edit, Finding, Fix, Repo } from '../../src/contract.ts';
import { placeOf } from '../../src/edit/from-template.ts';
import { mergeSplices, splice } from '../../src/edit/spans.ts';
import { addImports } from '../../src/edit/ts-imports.ts';
import { codeBaseOf, dependencyOf } from '../../src/read/code/code-base.ts';
import { peekModule } from '../../src/read/code/imports.ts';
import { specifierFor } from '../../src/read/code/specifier-for.ts';
import { routeHandlers } from '../../src/read/next/next-routes.ts';
import { dirname, join } from '../../src/repo/paths.ts';
import { created, createdFiles, hasProxy } from './apply/files.ts';
import { withLink, withoutLink } from './apply/links.ts';
import { type Left, type PageFix, pageFix } from './apply/page-fix.ts';
import { phoneNavPart } from './apply/phone-nav.ts';
import type { Code } from './detect.ts';
import { answersWith } from './read/gateway.ts';
import type { Dashboard, DashboardState } from './read.ts';
import { stepsFor } from './steps.ts';

type Wanted = readonly Finding<Code>[];

const OF_A_PAGE: readonly Code[] = [
  'hard-coded-data',
  'unsourced-data',
  'simulated-action',
  'inert-controls',
  'invented-user',
  'no-loading-state',
  'no-error-state',
  'no-empty-state',
  'dead-request',
];

/** Closes what is wanted, dashboard by dashboard; what is of another shape becomes a work order. */
export function applyPages({ repo, dashboards }: DashboardState, wanted: Wanted): Fix {
  const fixes = dashboards.map((dashboard) =>
    dashboardFix(
      repo,
      dashboard,
      wanted.filter((each) => isOf(dashboard, each)),
    ),
  );
  const edits = fixes.flatMap((fix) => fix.edits);
  const dependencies = fixes.flatMap((fix) => fix.dependencies ?? []);
  return {
    edits,
    ...(dependencies.length > 0 ? { dependencies } : {}),
    manual: stepsFor(fixes.flatMap(({ left }) => left)),
  };
}

function isOf({ pages, deadLinks, hidden }: Dashboard, { code, path, data }: Finding<Code>): boolean {
  if (code === 'dead-link') return deadLinks.some((link) => link.path === path && link.href === data?.url);
  if (code === 'no-phone-navigation') return hidden?.path === path;
  return pages.some(
    (page) => page.url === data?.url && (page.path === path || page.flaws.some((flaw) => flaw.path === path)),
  );
}

type DashboardFix = Omit<PageFix, 'files'> & Pick<Fix, 'dependencies'>;

function dashboardFix(repo: Repo, dashboard: Dashboard, wanted: Wanted): DashboardFix {
  const { app } = dashboard;
  const ofPages = wanted.filter(({ code }) => OF_A_PAGE.includes(code));
  const paths = [...new Set(ofPages.map(({ path }) => path))];
  const fixes = [
    ...paths.map((path) =>
      pageFix(
        repo,
        app,
        path,
        ofPages.filter((each) => each.path === path),
      ),
    ),
    guardFix(repo, dashboard, wanted),
    linksFix(repo, dashboard, wanted),
    phoneFix(repo, dashboard, wanted),
  ];
  const files = [...new Set(fixes.flatMap((fix) => fix.files))];
  const made = createdFiles(repo, app, files);
  const needsZod = made.some(({ text }) => /from ['"]zod['"]/.test(text));
  const base = codeBaseOf(repo, app);
  return {
    edits: mergeSplices([...made, ...fixes.flatMap((fix) => fix.edits)]),
    left: fixes.flatMap((fix) => fix.left),
    ...(needsZod && !dependencyOf(base, /^zod$/)
      ? {
          dependencies: [
            {
              dir: app.dir,
              name: 'zod',
              range: '^3.25.76',
              dev: false,
              why: 'reads what the gateway answers',
            },
          ],
        }
      : {}),
  };
}

const NOTHING: PageFix = { edits: [], files: [], left: [] };

function leaving(findings: Wanted, why?: string): PageFix {
  const left = findings.map((finding): Left => (why === undefined ? { finding } : { finding, why }));
  return { ...NOTHING, left };
}

/** The page that is guarded in the browser gets a layout that asks on the server. */
function guardFix(repo: Repo, { app, pages }: Dashboard, wanted: Wanted): PageFix {
  const guards = wanted.filter(({ code }) => code === 'client-guard');
  const [guard] = guards;
  if (!guard) return NOTHING;
  const page = pages.find(({ path }) => path === guard.path);
  const layout = join(dirname(guard.path), 'layout.tsx');
  const hasAuth = app.files.some(
    (path) => /(^|\/)lib\/auth\.ts$/.test(path) && repo.mentions(path, /export const authOptions\b/),
  );
  if (!page || !hasAuth || !app.typescript || repo.occupied(layout) || !/\/admin$/.test(page.url))
    return leaving(guards);
  const edit = created(repo, app, 'app/dashboard/admin/layout.tsx');
  const role = guard.data?.what ?? '';
  const text = edit.text.replace(/(!== ["'])OWNER/, (_, head: string) => head + role);
  return { ...NOTHING, edits: [{ ...edit, path: layout, text }] };
}

/** Dead links leave the navigation, missing ones enter it, and the page that is created is linked. */
function linksFix(repo: Repo, dashboard: Dashboard, wanted: Wanted): PageFix {
  const { links, deadLinks } = dashboard;
  const absent = wanted.filter(({ code }) => code === 'no-page');
  const madeUrls = absent.flatMap(({ data }) =>
    isKnownPage(repo, dashboard, data?.url) ? [data?.url ?? ''] : [],
  );
  const dead = wanted.filter(({ code }) => code === 'dead-link');
  const missing = wanted.filter(({ code }) => code === 'not-in-navigation');
  const edits: Edit[] = [];
  const left: Left[] = absent
    .filter(({ data }) => !madeUrls.includes(data?.url ?? ''))
    .map((finding) => ({ finding }));
  for (const finding of dead) {
    const url = finding.data?.url ?? '';
    if (madeUrls.includes(url)) continue;
    const link = deadLinks.find(({ path, href }) => path === finding.path && href === url);
    // The page of a link is to be written: the link stays for it.
    const isAwaited = dashboard.pages.some((page) => page.url === url && page.standing === 'absent');
    const edit = link && !isAwaited ? withoutLink(repo, link.path, link.at) : undefined;
    if (edit) edits.push(edit);
    else left.push({ finding });
  }
  const entered = [
    ...missing.map((finding) => ({ finding, url: finding.data?.url ?? '' })),
    ...madeUrls.map((url) => ({ finding: undefined, url })),
  ].filter(({ url }) => !links.some(({ href }) => href === url));
  for (const { finding, url } of entered) {
    const edit = withLink(repo, links, url, labelOf(url));
    if (edit) edits.push(edit);
    else if (finding) left.push({ finding });
  }
  const files = madeUrls.length > 0 ? [PIPELINES, 'app/api/pipelines/route.ts'] : [];
  return {
    edits: mergeSplices(edits),
    files: files.concat(madeUrls.length > 0 ? PIPELINES_PARTS : []),
    left,
  };
}

const PIPELINES = 'app/dashboard/pipelines/page.tsx';
const PIPELINES_PARTS = [
  'components/dashboard/ApiNotice.tsx',
  'hooks/useApi.ts',
  'lib/dashboard/pipelines.ts',
];

/** The page of the pipelines, where the gateway lists these, and the app has a route for the projects. */
function isKnownPage(repo: Repo, { app, pages }: Dashboard, url: string | undefined): boolean {
  return (
    url === '/dashboard/pipelines' &&
    pages.some((page) => page.url === url && page.path === placeOf(app, PIPELINES)) &&
    hasProxy(repo, app) &&
    answersWith(repo, app, 'GET /pipelines', 'active') &&
    answersWith(repo, app, 'GET /projects', 'projects') &&
    routeHandlers(repo, app).some((route) => route.url === '/api/projects')
  );
}

function labelOf(url: string): string {
  return url
    .replace(/^.*\//, '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

function phoneFix(repo: Repo, { app, hidden }: Dashboard, wanted: Wanted): PageFix {
  const findings = wanted.filter(({ code }) => code === 'no-phone-navigation');
  const module = hidden && findings.length > 0 ? peekModule(repo, hidden.path) : undefined;
  if (!hidden || !module) return leaving(findings);
  const part = phoneNavPart({ module }, hidden.at);
  if ('refused' in part) return leaving(findings, part.refused);
  const file = 'components/dashboard/PhoneNav.tsx';
  const imported = addImports(hidden.path, module.text, [
    { module: specifierFor(repo, app, hidden.path, placeOf(app, file)), default: 'PhoneNav' },
  ]);
  if ('refused' in imported) return leaving(findings, imported.refused);
  return { edits: [splice(repo, hidden.path, [...imported.spans, ...part.spans])], files: [file], left: [] };
}
