import { CLOSED, type Finding, type Findings } from '../../src/contract.ts';
import type { CallerKind } from './read/caller.ts';
import type { OpenGuard } from './read/guard.ts';
import type { DebugRoute } from './read/routes.ts';
import type { Unit } from './read/units.ts';
import type { AppRoutes, DebugEndpoints } from './read.ts';

/** What of an open url is found. */
type UnitCode = 'debug-route' | 'calls-debug-route' | 'imports-debug-route' | 'names-debug-route-file';
/** What goes beyond open routes: routes that are shut, or may be, calls of none, and code that cannot be read. */
type NoteCode = 'debug-route-behind-login' | 'maybe-debug-route' | 'calls-missing-route' | 'unread-code';
/** What may be found. */
export type Code = UnitCode | NoteCode;

/** The open routes, then what calls them, then the notes. */
export function detect({ apps, units, unreadable }: DebugEndpoints): Findings<Code> {
  const open = units.flatMap(findingsOf);
  const findings: readonly Finding<Code>[] = [
    ...open.filter(({ code }) => code === 'debug-route'),
    ...open.filter(({ code }) => code !== 'debug-route'),
    ...apps.flatMap(notesOf),
    ...unreadable.map((path): Finding<Code> => ({ code: 'unread-code', path })),
  ];
  return findings.length === 0 ? CLOSED : { findings };
}

/** What a caller is found as. Tests, mere mentions, and routes that are findings themselves are none. */
const FOUND_AS: Readonly<Record<CallerKind, UnitCode | undefined>> = {
  code: 'calls-debug-route',
  relative: 'calls-debug-route',
  setting: 'calls-debug-route',
  import: 'imports-debug-route',
  file: 'names-debug-route-file',
  test: undefined,
  'test-import': undefined,
  route: undefined,
  mention: undefined,
};

/** The findings of a unit: its routes first. */
export function findingsOf({ url, routes, callers }: Unit): readonly Finding<UnitCode>[] {
  return [
    ...routes.map(({ path, guard }) => ({
      code: 'debug-route' as const,
      path,
      at: 0,
      data: { url, methods: methodsOf(guard) },
    })),
    ...callers.flatMap(({ path, at, kind }) => {
      const code = FOUND_AS[kind];
      return code === undefined ? [] : [{ code, path, at, data: { url } }];
    }),
  ];
}

function methodsOf({ methods }: OpenGuard): string {
  const named = methods.filter((method) => method !== 'default');
  return named.length === 0 || named.length > 4 ? 'Any method of' : named.join(', ');
}

function notesOf({ routes, missing, doubtful }: AppRoutes): readonly Finding<NoteCode>[] {
  return [
    ...routes.flatMap((route) => shutNote(route)),
    ...missing.map(
      ({ path, at, url }): Finding<NoteCode> => ({ code: 'calls-missing-route', path, at, data: { url } }),
    ),
    ...doubtful.map(({ path, url }) => maybe(path, url, 'asks for no login that is known here')),
  ];
}

function shutNote({ path, url, guard }: DebugRoute): readonly Finding<NoteCode>[] {
  if (guard.kind === 'authentication')
    return [{ code: 'debug-route-behind-login', path, at: 0, data: { url } }];
  return guard.kind === 'unproven' ? [maybe(path, url, `${guard.by} may keep the public out`)] : [];
}

function maybe(path: string, url: string, seen: string): Finding<NoteCode> {
  return { code: 'maybe-debug-route', path, at: 0, data: { url, seen } };
}
