import type { Finding, Findings } from '../../src/contract.ts';
import { pageExtension } from '../../src/read/next/app-router.ts';
import { join } from '../../src/repo/paths.ts';
import type { Defect } from './read/boundary-file.ts';
import type { AppBoundaries, ErrorBoundaries } from './read.ts';

/** What may be missing or wrong. */
export type Code =
  | Defect
  | 'no-root-boundary'
  | 'no-dashboard-boundary'
  | 'no-global-boundary'
  | 'no-session-provider';

/** What catches less than it should in each app. */
export function detect({ apps }: ErrorBoundaries): Findings<Code> {
  const findings = apps.flatMap(findingsOf);
  const standing = apps.flatMap(({ files }) => files.map(({ path }) => path));
  return { findings, ...(findings.length === 0 ? { reason: standing.join(', ') } : {}) };
}

function findingsOf({ app, missing, withoutProvider, files }: AppBoundaries): readonly Finding<Code>[] {
  const absent = (code: Code, name: string) => (folder: string) => ({
    code,
    path: join(folder, `${name}.${pageExtension(app)}`),
  });
  return [
    ...missing.root.map(absent('no-root-boundary', 'error')),
    ...missing.dashboard.map(absent('no-dashboard-boundary', 'error')),
    ...missing.global.map(absent('no-global-boundary', 'global-error')),
    ...withoutProvider.map(
      ({ layout, at, callers }): Finding<Code> => ({
        code: 'no-session-provider',
        path: layout,
        data: { callers: callers.join(', ') },
        ...(at === undefined ? {} : { at }),
      }),
    ),
    ...files.flatMap(({ path, defects }) => defects.map((code) => ({ code, path, at: 0 }))),
  ];
}
