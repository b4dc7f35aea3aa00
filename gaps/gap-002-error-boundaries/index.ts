import {
  CLOSED,
  defineGap,
  type Edit,
  type Finding,
  type ManualStep,
  notApplicable,
  type Repo,
  type Verdict,
} from '../../src/contract.ts';
import type { NextApp } from '../../src/read/app-router.ts';
import { join } from '../../src/repo/paths.ts';
import { type BoundaryCode, boundaryFilesOf, defectsOf } from './boundary-file.ts';
import { missingBoundaries } from './coverage.ts';
import { boundaryEdits, clientEdit, providerEdits, rewriteStep } from './edits.ts';
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
    problem: 'An error in a page takes the whole page down and shows the raw error screen.',
    looksFor:
      'Error boundaries that catch at the root, in the dashboard and around the root layout, and what makes pages crash in the first place.',
    category: 'Error Handling',
    priority: 'P0',
    effort: '15 min',
    fix: 'automatic',
    requires: [],
    writes: [
      '**/error.{tsx,jsx,js,ts}',
      '**/global-error.{tsx,jsx,js,ts}',
      '**/layout.{tsx,jsx,js}',
      '**/components/Providers.{tsx,jsx,js}',
    ],
    messages: {
      'no-root-boundary': 'No error boundary catches what the pages under {{folder}} throw.',
      'no-dashboard-boundary':
        'No error boundary catches what the dashboard throws without losing its shell.',
      'no-global-boundary': 'No global-error catches what the root layout throws.',
      'no-session-provider':
        'This asks for the session, and no layout around its pages mounts a SessionProvider: they crash at every visit.',
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

  detect(repo) {
    const apps = repo.layout.apps.filter(({ appDir }) => appDir !== undefined);
    if (apps.length === 0) return notApplicable('no Next.js app with an app folder');
    const findings = apps.flatMap((app) => findingsOf(repo, app));
    return findings.length === 0 ? CLOSED : { kind: 'findings', findings };
  },

  apply(repo) {
    const edits: Edit[] = [];
    const manual: ManualStep[] = [];
    for (const app of repo.layout.apps) {
      if (app.appDir === undefined) continue;
      edits.push(...boundaryEdits(app, missingBoundaries(repo, app)));
      const parts = [
        ...[...new Set(missingProviders(repo, app).map(({ layout }) => layout))].map((layout) =>
          providerEdits(repo, app, layout),
        ),
        ...boundaryFilesOf(app)
          .flatMap((path) => defectsOf(repo, app, path))
          .flatMap((defect) => mend(repo, defect)),
      ];
      for (const part of parts) {
        edits.push(...part.edits);
        manual.push(...part.manual);
      }
    }
    return { edits, manual };
  },

  verify(repo) {
    return repo.layout.apps
      .filter(({ appDir }) => appDir !== undefined)
      .flatMap((app) => [
        {
          title: `Boundaries stand at the root${app.dir ? ` of ${app.dir}` : ''} and in its dashboard, each a client component`,
          level: 'static' as const,
          run: () => boundariesStand(repo, app),
        },
        {
          title: 'Whoever asks for the session stands under a provider',
          level: 'static' as const,
          run: () => sessionIsProvided(repo, app),
        },
      ]);
  },
});

function findingsOf(repo: Repo, app: NextApp): readonly Finding<Code>[] {
  const missing = missingBoundaries(repo, app);
  const at = (folder: string, name: string) => join(folder, `${name}.${app.typescript ? 'tsx' : 'jsx'}`);
  return [
    ...missing.root.map(
      (folder): Finding<Code> => ({ code: 'no-root-boundary', path: at(folder, 'error'), data: { folder } }),
    ),
    ...missing.dashboard.map(
      (folder): Finding<Code> => ({ code: 'no-dashboard-boundary', path: at(folder, 'error') }),
    ),
    ...missing.global.map(
      (folder): Finding<Code> => ({ code: 'no-global-boundary', path: at(folder, 'global-error') }),
    ),
    ...missingProviders(repo, app).map(
      ({ caller, at: offset }): Finding<Code> => ({ code: 'no-session-provider', path: caller, at: offset }),
    ),
    ...boundaryFilesOf(app).flatMap((path) => defectsOf(repo, app, path)),
  ];
}

function mend(repo: Repo, { code, path }: Finding<BoundaryCode>) {
  switch (code) {
    case 'boundary-not-client':
      return [clientEdit(repo, path)];
    case 'boundary-without-export':
      return [
        { edits: [], manual: [rewriteStep(path, 'nothing in it says which component the boundary is')] },
      ];
    case 'global-boundary-without-document':
      return [{ edits: [], manual: [rewriteStep(path, 'what it renders is not a whole document')] }];
    case 'boundary-without-retry':
      return [];
  }
}

/** By file names and text, without the module graph: a working boundary at or above every folder with a page. */
function boundariesStand(repo: Repo, { appDir = '', files }: NextApp): Verdict {
  const boundaries = files.filter(
    (path) => path.startsWith(`${appDir}/`) && /\/(global-)?error\.[jt]sx?$/.test(path),
  );
  const flaw = boundaries
    .map((path) => flawIn(path, repo.peek(path) ?? ''))
    .find((reason) => reason !== undefined);
  if (flaw !== undefined) return { verdict: 'fail', reason: flaw };
  if (!boundaries.some((path) => path.includes('/global-error.')))
    return { verdict: 'fail', reason: 'there is no global-error' };
  const folders = boundaries
    .filter((path) => !path.includes('/global-error.'))
    .map((path) => path.slice(0, path.lastIndexOf('/')));
  const pages = files.filter((path) => path.startsWith(`${appDir}/`) && /\/page\.[jt]sx?$/.test(path));
  const bare = pages.find((page) => !folders.some((folder) => page.startsWith(`${folder}/`)));
  if (bare) return { verdict: 'fail', reason: `no boundary at or above ${bare}` };
  return {
    verdict: 'pass',
    evidence: [{ subject: `${pages.length} pages`, observed: `${boundaries.length} boundaries above them` }],
  };
}

function flawIn(path: string, text: string): string | undefined {
  if (!/^\s*((\/\/.*|\/\*[\s\S]*?\*\/)\s*)*['"]use client['"]/.test(text))
    return `${path} does not start with "use client"`;
  if (!/export\s+(default\b|\{[^}]*\bdefault\b)/.test(text)) return `${path} exports nothing by default`;
  const isBareGlobal =
    path.includes('/global-error.') && !text.includes('<html') && !/from ['"]\.|from ['"]@/.test(text);
  return isBareGlobal ? `${path} renders no document` : undefined;
}

/** By the text of layouts and what they import by name: some layout's own imports render the provider. */
function sessionIsProvided(repo: Repo, app: NextApp): Verdict {
  const asks = app.files.find(
    (path) => /useSession\s*[(<]/.test(repo.peek(path) ?? '') && repo.peek(path)?.includes('next-auth/react'),
  );
  if (!asks) return { verdict: 'pass', evidence: [{ subject: 'calls of useSession', observed: 'none' }] };
  const unserved = missingProviders(repo, app)[0];
  if (unserved)
    return { verdict: 'fail', reason: `${unserved.caller} asks for the session outside of any provider` };
  return {
    verdict: 'pass',
    evidence: [{ subject: asks, observed: 'every page that reaches it stands under a provider' }],
  };
}
