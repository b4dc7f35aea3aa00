import type { ManualStep, NextApp, Repo } from '../../../../src/contract.ts';
import { firstReached } from '../../../../src/read/code/reach.ts';
import { namesDataFolder } from './data-folders.ts';

const ROUTE = /(^|\/)api\/(?:.+\/)?route\.[jt]s$|(^|\/)pages\/api\/.+\.[jt]s$/;
const ASKS_WHO =
  /\bget(?:Server)?Session\(|\bgetToken\(|\bauth\(|\bcurrentUser\(|\brequire\w{0,40}(?:Auth|User|Session)\w{0,40}\(/;

/** Routes that write files of the app for anybody: with a folder in the volume, onto the disk of the users. */
export function openWriterSteps(repo: Repo, app: NextApp): readonly ManualStep[] {
  const routes = app.files.filter(
    (path) =>
      ROUTE.test(path) &&
      !repo.mentions(path, ASKS_WHO) &&
      firstReached(repo, app, [path], (file) => namesDataFolder(repo, file)) !== undefined,
  );
  if (routes.length === 0) return [];
  return [
    {
      title: `Before the next deployment, ask for a session in ${routes.join(', ')}: from then on what anybody sends there is kept in the volume of the users' database`,
      why: 'Outside of the volume the files were gone with every container, or could not be written at all. Who may write them is a decision of the product; a disk that strangers fill lets nobody sign in.',
      seenBy: 'Without a session these routes answer 401.',
    },
  ];
}
