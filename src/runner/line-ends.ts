import { gitPattern, isMadeOf } from '../repo/glob.ts';
import { basename, dirname, isInside, join } from '../repo/paths.ts';
import type { RawRepo } from '../repo/repo.ts';

type LineEnd = '\n' | '\r\n';

/** What starts these reads a carriage return as a part of the command. */
const FOR_UNIX = /\.(?:sh|bash|service|timer|cron|crontab)$|(?:^|\/)(?:crontab|cron)(?:\/|$)/;

/**
 * What the lines of a new file end with: what .gitattributes says of it, or what all its neighbours end with. A script
 * ends its lines as Unix does, whatever its neighbours do.
 */
export function lineEndOf(repo: RawRepo, path: string, text: string): LineEnd {
  if (text.startsWith('#!') || FOR_UNIX.test(path)) return '\n';
  return attributeOf(repo, path) ?? neighboursOf(repo, path);
}

/** `eol` of the last line that matches, in the .gitattributes nearest to the file that has one. */
function attributeOf(repo: RawRepo, path: string): LineEnd | undefined {
  for (const folder of foldersAbove(path)) {
    const rules = repo.peek(join(folder, '.gitattributes'))?.split('\n') ?? [];
    const below = folder === '' ? path : path.slice(folder.length + 1);
    const attributes = rules.flatMap((rule) => {
      const [pattern = '', ...words] = rule.trim().split(/\s+/);
      return pattern !== '' && !pattern.startsWith('#') && matches(pattern, below) ? words : [];
    });
    const last = attributes.findLast((word) => /^(?:eol=|-text$|binary$)/.test(word));
    if (last !== undefined) return last === 'eol=crlf' ? '\r\n' : '\n';
  }
  return undefined;
}

/** The folder of a path and those around it, the nearest first. */
function foldersAbove(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === '' ? [''] : [folder, ...foldersAbove(folder)];
}

/** As git does: without a slash the name decides, at any depth. */
function matches(pattern: string, path: string): boolean {
  if (!pattern.includes('/')) return isMadeOf(gitPattern(pattern), basename(path));
  return isMadeOf(gitPattern(pattern.replace(/^\//, '')), path);
}

const ASKED = 40;

/** The files of the nearest folder that has any, of its own kind where there are some. */
function neighboursOf(repo: RawRepo, path: string): LineEnd {
  const extension = /\.\w+$/.exec(path)?.[0] ?? '';
  for (const folder of foldersAbove(path)) {
    const beside = repo.files
      .filter((file) => isInside(folder, file) && dirname(file) === folder)
      .filter((file) => repo.peek(file)?.includes('\n'));
    const alike = beside.filter((file) => extension !== '' && file.endsWith(extension));
    const asked = (alike.length > 0 ? alike : beside).slice(0, ASKED);
    if (asked.length > 0) return asked.every((file) => repo.encoding(file).eol === '\r\n') ? '\r\n' : '\n';
  }
  return '\n';
}
