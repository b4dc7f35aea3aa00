import type { Check } from '../../src/contract.ts';
import { keepsUsersOtherwise } from '../../src/edit/api-modules.ts';
import type { ApiState } from './read.ts';
import { testChecks } from './verify/broken.ts';
import { liveChecks } from './verify/live.ts';

/** The named routes are tried by people who sign up, which is possible where the app keeps users as GAP-004 does. */
export function verifyRoutes({ repo, apps }: ApiState): readonly Check[] {
  return apps
    .filter((app) => !keepsUsersOtherwise(repo, app))
    .flatMap((app) => [...testChecks(repo, app), ...liveChecks(app)]);
}
