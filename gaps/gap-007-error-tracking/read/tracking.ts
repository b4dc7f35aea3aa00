import type { NextApp, Repo } from '../../../src/contract.ts';
import {
  type CodeBase,
  codeBaseOf,
  dependencyOf,
  findCode,
  type Place,
} from '../../../src/read/code/code-base.ts';
import { blankComments, withoutComments } from '../../../src/read/code/comments.ts';
import { type ImportScope, importersOf } from '../../../src/read/code/imports.ts';
import { mayBeAtLeast } from '../../../src/read/code/version-ranges.ts';
import { oncePer } from '../../../src/repo/once.ts';
import { basename, dirname, isInside } from '../../../src/repo/paths.ts';
import { TRACERS, TRACKERS, type Tracker } from '../tables.ts';

/** The code of an app itself that may run: what nothing imports and cannot be read loads nothing. */
export const runningPart = oncePer(({ app, code }: CodeBase): ImportScope => {
  const own = new Set(app.files);
  return { dir: app.dir, files: code.filter((path) => own.has(path)) };
});

/** A tracker that an app declares. */
export interface Declared {
  readonly tracker: Tracker;
  /** The package. */
  readonly name: string;
  readonly range: string;
  readonly manifest: string;
  readonly at: number;
  readonly starts: readonly Start[];
}

/** A call that starts a tracker. */
export interface Start {
  readonly place: Place;
  readonly side: 'server' | 'browser' | 'both';
  /** Why nothing ever runs it; undefined where something does. */
  readonly idle: string | undefined;
}

/** How an app reports its errors. */
export interface Tracking {
  readonly app: NextApp;
  readonly base: CodeBase;
  readonly declared: readonly Declared[];
  /** A reporter of one's own: `onRequestError` that sends somewhere. */
  readonly own: Place | undefined;
  /** Where traces are started, which say how long something took, and tell nobody that it failed. */
  readonly traces: Place | undefined;
}

/** Reads the trackers of an app. */
export function trackingOf(repo: Repo, app: NextApp): Tracking {
  const base = codeBaseOf(repo, app);
  const declared = TRACKERS.flatMap((tracker) => {
    const found = dependencyOf(base, tracker.packages);
    if (!found) return [];
    const at = Math.max((repo.peek(found.path) ?? '').indexOf(`"${found.name}"`), 0);
    const starts = startsOf(repo, base, tracker, found);
    if (starts.length === 0 && tracker.isMore) return [];
    return [{ tracker, name: found.name, range: found.range, manifest: found.path, at, starts }];
  });
  const instrumentation = base.code.filter((path) => isInstrumentation(app, path));
  const own = findCode(repo, instrumentation, /\bonRequestError\b[\s\S]{0,600}?\b(?:fetch|post)\(/);
  const isTraced = dependencyOf(base, TRACERS.packages) !== undefined;
  return {
    app,
    base,
    declared,
    own: own && isHooked(repo, app, undefined) ? own : undefined,
    traces: isTraced ? findCode(repo, base.code, TRACERS.starts) : undefined,
  };
}

function startsOf(
  repo: Repo,
  base: CodeBase,
  tracker: Tracker,
  { name, range }: { readonly name: string; readonly range: string },
): readonly Start[] {
  const root = name.startsWith('@') ? name.replace(/\/.*/s, '/') : name.replace(/-(js|node)$/, '');
  const found = base.code.flatMap((path): readonly Start[] => {
    const text = repo.peek(path);
    if (!text?.includes(root) || !tracker.starts.test(text) || isStarted(base, path)) return [];
    const match = tracker.starts.exec(blankComments(text));
    if (!match) return [];
    const place = { path, at: match.index, match: match[0] };
    const side = sideOf(repo, path, text);
    return [{ place, side, idle: idleReason(repo, base, path, range) }];
  });
  return found;
}

function sideOf(repo: Repo, path: string, text: string): Start['side'] {
  const name = basename(path);
  if (/client|browser/i.test(name) || /^\s*(?:\/\/[^\n]*\n\s*)*['"]use client['"]/.test(text))
    return 'browser';
  if (/server|edge|^instrumentation\./.test(name)) return 'server';
  if (/^_app\.|Provider/.test(name)) return 'browser';
  return /(^|\/)api\/|route\.[jt]s$/.test(path) ||
    repo.mentions(path, /dd-trace|NodeSDK|registerOTel|newrelic/)
    ? 'server'
    : 'both';
}

/** Why a start call never runs: who loads which file is told by the guides of Next.js and Sentry. */
function idleReason(repo: Repo, base: CodeBase, path: string, range: string): string | undefined {
  const { app } = base;
  const name = basename(path);
  const isWrapped = wrapsConfig(repo, app);
  if (isInstrumentation(app, path)) return idleHook(repo, app, range);
  if ([app.sourceDir, app.dir].includes(dirname(path)) && /^instrumentation-client\.[jt]sx?$/.test(name))
    return mayBeAtLeast(app.next, '15.3.0') || isWrapped ? undefined : 'Next.js loads this file from 15.3 on';
  if (isConvention(app, path) || !app.files.includes(path)) return undefined;
  const importers = importersOf(repo, runningPart(base), path).map((each) => each.path);
  if (/^sentry\.client\.config\./.test(name))
    return isWrapped || importers.length > 0
      ? undefined
      : 'only withSentryConfig() loads it, and next.config does not call it';
  if (/^sentry\.(server|edge)\.config\./.test(name)) return idleSentry(repo, app, importers, range);
  return importers.length > 0 ? undefined : 'nothing imports it';
}

/** `"api": "tsx services/api/src/server.ts"`: a process beside the app, which reports its own errors. */
function isStarted({ packages }: CodeBase, path: string): boolean {
  return packages.some(({ dir, manifest }) => {
    const own = dir === '' ? path : path.slice(dir.length + 1);
    return (
      (dir === '' || isInside(dir, path)) && Object.values(manifest.scripts).some((each) => names(each, own))
    );
  });
}

function names(script: string, path: string): boolean {
  return script.split(/[\s"';&|]+/).some((word) => word.replace(/^\.\//, '') === path);
}

/** Sentry's server and edge files: Sentry 7 injects them into the bundle, later versions leave it to instrumentation. */
function idleSentry(
  repo: Repo,
  app: NextApp,
  importers: readonly string[],
  range: string,
): string | undefined {
  if (importers.some((path) => isInstrumentation(app, path))) return idleHook(repo, app, range);
  return wrapsConfig(repo, app) && !mayBeAtLeast(range, '8.0.0')
    ? undefined
    : 'no instrumentation file imports it';
}

function idleHook(repo: Repo, app: NextApp, range: string): string | undefined {
  return isHooked(repo, app, wrapsConfig(repo, app) ? range : undefined)
    ? undefined
    : 'before Next.js 15 instrumentation needs experimental.instrumentationHook';
}

function isInstrumentation(app: NextApp, path: string): boolean {
  return (
    /^instrumentation\.[cm]?[jt]s$/.test(basename(path)) && [app.sourceDir, app.dir].includes(dirname(path))
  );
}

/** Pages, layouts, handlers and the configuration are loaded by Next.js itself. */
function isConvention(app: NextApp, path: string): boolean {
  if (path === app.configPath || path === app.middlewarePath) return true;
  return (
    (app.pagesDir !== undefined && path.startsWith(`${app.pagesDir}/`)) ||
    /(^|\/)(page|layout|template|error|global-error|route)\.[jt]sx?$/.test(path)
  );
}

/** Whether Next.js runs instrumentation: by itself from 15 on, before that by a flag, which Sentry 8 sets. */
function isHooked(repo: Repo, app: NextApp, sentryRange: string | undefined): boolean {
  if (mayBeAtLeast(app.next, '15.0.0')) return true;
  if (sentryRange !== undefined && mayBeAtLeast(sentryRange, '8.0.0')) return true;
  const config = app.configPath === undefined ? '' : withoutComments(repo, app.configPath);
  return /instrumentationHook\s*:\s*true/.test(config);
}

/** Whether next.config is wrapped by Sentry. */
function wrapsConfig(repo: Repo, app: NextApp): boolean {
  const config = app.configPath === undefined ? '' : withoutComments(repo, app.configPath);
  return /withSentryConfig\s*\(|withSentry\s*\(/.test(config);
}
