import { type Finding, type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import type { Place } from '../../src/read/code/code-base.ts';
import { once } from '../../src/repo/once.ts';
import { basename } from '../../src/repo/paths.ts';
import { quietBoundariesOf } from './read/boundaries.ts';
import { blockingPolicy } from './read/page-policies.ts';
import { isStaticExport } from './read/static-export.ts';
import { type Declared, type Tracking, trackingOf } from './read/tracking.ts';

/** How the apps of a repository report their errors. */
export interface TrackingState {
  readonly repo: Repo;
  readonly apps: readonly AppTracking[];
}

/** How one app does. */
export interface AppTracking extends Tracking {
  /** For people. */
  readonly name: string;
  /** Every build is files alone: nothing runs on a server. */
  readonly isStatic: boolean;
  /** The policy of its pages that keeps the browser from reaching a tracker. */
  readonly blocking: Place | undefined;
  /** Boundaries that pass no error on. */
  readonly quiet: readonly string[];
}

/** Reads the trackers of every app, and what is in their way. */
export function read(repo: Repo): TrackingState | NotApplicable {
  const { apps } = repo.layout;
  if (apps.length === 0) return notApplicable('no Next.js app');
  return {
    repo,
    apps: apps.map((app): AppTracking => {
      const tracking = trackingOf(repo, app);
      const blocking = once(() => blockingPolicy(repo, tracking));
      return {
        ...tracking,
        name: app.workspace.manifest.name ?? (app.dir === '' ? 'the app' : basename(app.dir)),
        isStatic: isStaticExport(repo, app),
        get blocking() {
          return blocking();
        },
        quiet: quietBoundariesOf(repo, app),
      };
    }),
  };
}

/** The declared tracker that a finding is about. */
export function declaredIn({ declared }: Tracking, { path, at }: Finding): Declared | undefined {
  return declared.find((each) => each.manifest === path && each.at === at);
}
