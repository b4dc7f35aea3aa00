import type { Repo } from '../../contract.ts';
import { isWrittenHere, type StackService } from '../deploy/service-roles.ts';
import { settingsOf } from '../deploy/service-settings.ts';
import { type Mount, mountsOf } from '../deploy/volumes.ts';

/** Folders of what people hand in, wherever they stand. */
const FOLDER = /(^|\/)(?:uploads?|attachments|media)$/i;
/** Settings that say where it is put. */
const SETTING = /(?:UPLOADS?|ATTACHMENTS?|MEDIA|STORAGE)_?(?:DIR|DIRECTORY|FOLDER|PATH|ROOT|LOCATION)$/;

/** The volume of a service of the application in which files are put that people hand in. */
export function uploadsOf(repo: Repo, service: StackService): Mount | undefined {
  if (service.isCopy || !isWrittenHere(repo, service)) return undefined;
  const places = settingsOf(service).flatMap(([name, value]) =>
    SETTING.test(name) ? [folderOf(value)] : [],
  );
  return mountsOf(service.value.volumes).find((mount) => {
    const target = folderOf(mount.target);
    const isNamed = FOLDER.test(target) || places.some((place) => `${place}/`.startsWith(`${target}/`));
    return isNamed && target !== '' && !target.startsWith('/tmp') && !isInRepository(repo, mount);
  });
}

function folderOf(path: string): string {
  return path.replace(/\/{1,9}$/, '');
}

/** A folder whose files stand in the repository is a part of the program. */
function isInRepository(repo: Repo, { source = '' }: Mount): boolean {
  const folder = source.replace(/^\.\//, '');
  return (
    source.startsWith('.') &&
    repo.files.some((path) => path.startsWith(`${folder}/`) && !path.endsWith('.gitkeep'))
  );
}
