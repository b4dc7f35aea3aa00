import type { Edit, Finding, Fix, Repo } from '../../src/contract.ts';
import { placeOf } from '../../src/edit/from-template.ts';
import { mergeSplices, splice } from '../../src/edit/spans.ts';
import { addImports } from '../../src/edit/ts-imports.ts';
import { codeBaseOf, dependencyOf } from '../../src/read/code/code-base.ts';
import { specifierFor } from '../../src/read/code/specifier-for.ts';
import { peekTypedModule } from '../../src/read/code/typed-module.ts';
import { dirname, join } from '../../src/repo/paths.ts';
import { created, createdFiles } from './apply/files.ts';
import { linksFix } from './apply/links-fix.ts';
import { type Left, type PageFix, pageFix } from './apply/page-fix.ts';
import { phoneNavPart } from './apply/phone-nav.ts';
import type { Code } from './detect.ts';
import { gatewayLimits } from './read/gateway-limits.ts';
import type { Dashboard, DashboardState } from './read.ts';
import { limitSteps, stepsFor } from './steps.ts';

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
    manual: [
      ...stepsFor(fixes.flatMap(({ left }) => left)),
      ...dashboards.flatMap(({ app }) => limitSteps(gatewayLimits(repo, app, endpointsIn(edits)))),
    ],
  };
}

/** What the new routes ask of the gateway: routes over lists have its addresses. */
function endpointsIn(edits: readonly Edit[]): readonly string[] {
  return edits.flatMap(({ kind, path }) => {
    const endpoint = /\/api(\/[\w/-]+)\/route\.ts$/.exec(path)?.[1];
    return kind === 'create' && endpoint !== undefined ? [endpoint] : [];
  });
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

function phoneFix(repo: Repo, { app, hidden }: Dashboard, wanted: Wanted): PageFix {
  const findings = wanted.filter(({ code }) => code === 'no-phone-navigation');
  const module = hidden && findings.length > 0 ? peekTypedModule(repo, hidden.path) : undefined;
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
