import {
  defineGap,
  type Edit,
  type Finding,
  type NextApp,
  notApplicable,
  type Repo,
} from '../../src/contract.ts';
import { pageExtension, pageFoldersOf } from '../../src/read/next/app-router.ts';
import { isInside, join } from '../../src/repo/paths.ts';
import { type BoundaryCode, boundaryFilesOf, defectsOf } from './boundary-file.ts';
import { checksOf } from './checks.ts';
import { missingBoundaries } from './coverage.ts';
import { boundaryPart, clientPart, type Part, providerPart, rewritePart } from './edits.ts';
import { liveChecks } from './live.ts';
import { missingProviders } from './session.ts';

type Code =
  | BoundaryCode
  | 'no-root-boundary'
  | 'no-dashboard-boundary'
  | 'no-global-boundary'
  | 'no-session-provider';

export default defineGap({
  meta: {
    id: 'GAP-002',
    slug: 'error-boundaries',
    title: 'Add React error boundaries',
    problem: 'No error.tsx files stand in the app router, so unhandled errors show a raw error page.',
    looksFor:
      'Boundaries that work at the root, inside the dashboard and around the root layout, and useSession() without a SessionProvider, which crashes every page that renders it.',
    category: 'Error Handling',
    priority: 'P0',
    effort: '15 min',
    fix: 'automatic',
    requires: [],
    writes: [
      '**/error.{tsx,jsx,js,ts}',
      '**/global-error.{tsx,jsx,js,ts}',
      '**/layout.{tsx,jsx,js}',
      '**/{components,_components}/Providers.{tsx,jsx,js}',
      '**/{components,_components}/{,Page,Boundary}ErrorPanel.{tsx,jsx,js}',
    ],
    messages: {
      'no-root-boundary': '{{path}} is missing: a page that throws takes the whole document along.',
      'no-dashboard-boundary':
        '{{path}} is missing: a dashboard page that throws takes the navigation around it along.',
      'no-global-boundary': '{{path}} is missing: no error.* file catches what the root layout throws.',
      'no-session-provider':
        '{{path}} mounts no SessionProvider around its children. Every page that renders a caller of useSession() crashes: {{callers}}.',
      'boundary-not-client': '{{path}} is no client component, so Next.js refuses it as a boundary.',
      'boundary-without-export': '{{path}} exports no component by default, so it catches nothing.',
      'global-boundary-without-document': '{{path}} renders no <html> and <body>, which it replaces.',
      'boundary-without-retry': { text: '{{path}} offers no way to try again.', kind: 'note' },
    },
    references: [
      'runbook: GAP-002',
      'https://nextjs.org/docs/14/app/building-your-application/routing/error-handling',
      'https://next-auth.js.org/getting-started/client#sessionprovider',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const apps = appsOf(repo);
    if (apps.length === 0) {
      return notApplicable(
        repo.layout.apps.length === 0
          ? 'no Next.js app'
          : 'no app router with pages: error.tsx belongs to it, and the pages router has pages/_error instead',
      );
    }
    const findings = apps.flatMap((app) => findingsOf(repo, app));
    const standing = apps.flatMap(boundaryFilesOf);
    return { findings, ...(findings.length === 0 ? { reason: standing.join(', ') } : {}) };
  },

  apply({ repo }, findings) {
    const apps = appsOf(repo);
    const parts = findings.flatMap((finding) => {
      const app = apps.find(({ appDir }) => isInside(appDir ?? '', finding.path));
      return app ? [partOf(repo, app, finding)] : [];
    });
    const alsoChanges = [...new Set(parts.flatMap((part) => part.alsoChanges ?? []))];
    return {
      edits: distinctByPath(parts.flatMap(({ edits }) => edits)),
      manual: parts.flatMap(({ manual }) => manual),
      ...(alsoChanges.length > 0 ? { alsoChanges } : {}),
    };
  },

  verify: ({ repo }) => appsOf(repo).flatMap((app) => [...checksOf(repo, app), ...liveChecks(repo, app)]),
});

/** The apps with pages in an app folder. */
function appsOf(repo: Repo): readonly NextApp[] {
  return repo.layout.apps.filter((app) => pageFoldersOf(app).length > 0);
}

function findingsOf(repo: Repo, app: NextApp): readonly Finding<Code>[] {
  const missing = missingBoundaries(repo, app);
  const absent = (code: Code, name: string) => (folder: string) => ({
    code,
    path: join(folder, `${name}.${pageExtension(app)}`),
  });
  return [
    ...missing.root.map(absent('no-root-boundary', 'error')),
    ...missing.dashboard.map(absent('no-dashboard-boundary', 'error')),
    ...missing.global.map(absent('no-global-boundary', 'global-error')),
    ...missingProviders(repo, app).map(({ layout, callers }): Finding<Code> => {
      const at = repo.text(layout).search(/\{\s*(props\.)?children\s*\}(?!\s*[:)])/);
      return {
        code: 'no-session-provider',
        path: layout,
        data: { callers: callers.join(', ') },
        ...(at === -1 ? {} : { at }),
      };
    }),
    ...boundaryFilesOf(app).flatMap((path) => defectsOf(repo, app, path)),
  ];
}

const NOTHING: Part = { edits: [], manual: [] };

function partOf(repo: Repo, app: NextApp, { code, path }: Finding<Code>): Part {
  switch (code) {
    case 'no-root-boundary':
      return boundaryPart(repo, app, path, 'root');
    case 'no-dashboard-boundary':
      return boundaryPart(repo, app, path, 'dashboard');
    case 'no-global-boundary':
      return boundaryPart(repo, app, path, 'global');
    case 'no-session-provider': {
      const missing = missingProviders(repo, app).find(({ layout }) => layout === path);
      return missing ? providerPart(repo, app, missing) : NOTHING;
    }
    case 'boundary-not-client':
      return clientPart(repo, path);
    case 'boundary-without-export':
      return rewritePart(path, 'nothing in it says which component the boundary is');
    case 'global-boundary-without-document':
      return rewritePart(path, 'what it renders is not a whole document');
    case 'boundary-without-retry':
      return NOTHING;
  }
}

/** Two boundaries share their panel, and two root layouts may ask for the same Providers file. */
function distinctByPath(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map((edit) => [edit.path, edit])).values()];
}
