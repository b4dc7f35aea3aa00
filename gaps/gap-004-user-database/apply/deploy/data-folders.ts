import type { NextApp, Repo } from '../../../../src/contract.ts';
import { serverCodeOf } from '../../../../src/read/code/client-code.ts';
import { codeBaseOf } from '../../../../src/read/code/code-base.ts';
import { withoutComments } from '../../../../src/read/code/comments.ts';
import { basename, isInside } from '../../../../src/repo/paths.ts';

/** A folder that the app keeps files in: named by a variable, in the folder that it runs in where that is not set. */
export interface DataFolder {
  readonly variable: string;
  /** Relative to the folder that the app runs in. */
  readonly fallback: string;
}

const CHOICE =
  /process\.env\.(\w*(?:DIR|DIRECTORY|FOLDER|PATH|ROOT))\s*(?:\|\||\?\?)\s*(?:(?:path\.)?(?:join|resolve)\(\s*process\.cwd\(\)\s*,\s*|(?=['"]\.\/))['"](?:\.\/)?([\w.-][\w./-]*?)\/?['"]/g;
const WRITES = /\b(?:writeFile|appendFile|createWriteStream|mkdir)(?:Sync)?\(/;
const FILE = /\.\w{1,6}$/;

/** The folders that an app keeps files in. */
export function dataFolders(repo: Repo, app: NextApp): readonly DataFolder[] {
  const found = serverCodeOf(repo, codeBaseOf(repo, app))
    .filter((path) => mayName(repo, path))
    .flatMap((path) =>
      [...withoutComments(repo, path).matchAll(CHOICE)].map(([, variable = '', fallback = '']) => ({
        variable,
        fallback,
      })),
    )
    // A name that ends like a file's is a file, unless it only starts with a dot.
    .filter(({ fallback }) => !FILE.test(basename(fallback).replace(/^\./, '')));
  return [...new Map(found.map((folder) => [folder.variable, folder])).values()];
}

function mayName(repo: Repo, path: string): boolean {
  return repo.mentions(path, 'process.env') && repo.mentions(path, WRITES);
}

/** Whether a file names a folder that it keeps files in. */
export function namesDataFolder(repo: Repo, path: string): boolean {
  return mayName(repo, path) && withoutComments(repo, path).search(CHOICE) !== -1;
}

/** Whether the folder is in one of these when it is not named. */
export function isKept({ fallback }: DataFolder, workdir: string, mounts: readonly string[]): boolean {
  return mounts.some((mount) => isInside(mount, `${workdir}/${fallback}/`));
}

/** What it is called in the volume: `LUC_DATA_DIR` is `luc`. */
export function folderName({ variable, fallback }: DataFolder): string {
  const name = variable.replace(/_?(?:DATA|STORAGE|STORE|FILES?)?_?(?:DIR|DIRECTORY|FOLDER|PATH|ROOT)$/, '');
  return name === '' ? basename(fallback).replace(/^\./, '') : name.toLowerCase().replaceAll('_', '-');
}
