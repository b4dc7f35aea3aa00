import type { Check } from '../../src/contract.ts';
import { hasLibrary } from './apply/store/library.ts';
import { isKnownShape } from './apply/users.ts';
import type { UsersState } from './read.ts';
import { liveChecks } from './verify/live.ts';
import { volumeCheck } from './verify/volume.ts';

/** An app whose users are kept as this gap keeps them, or that could, is tried in a browser and by its routes. */
export function verifyUsers({ repo, apps }: UsersState): readonly Check[] {
  return apps
    .filter(({ signIn }) => isKnownShape(repo, signIn))
    .flatMap((users) => {
      const { app } = users.signIn.base;
      const isKept = hasLibrary(repo, app);
      const live = isKept || users.accounts.users === undefined ? liveChecks(app) : [];
      return [...(isKept ? [volumeCheck(repo, app)] : []), ...live];
    });
}
