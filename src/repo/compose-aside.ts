import { basename } from './paths.ts';

/** Words in a file's name, and what they say that it is for. */
const PURPOSES: readonly (readonly [RegExp, string])[] = [
  [/^(?:dev|devel|develop|development|devcontainer|debug)$/, 'development'],
  [/^(?:local|localhost|localdev)$/, 'one developer'],
  [/^(?:tests?|testing|ci|e2e|cypress|playwright|smoke|loadtest)$/, 'tests'],
  [/^(?:bench|benchmarks?|perf)$/, 'measuring'],
  [/^(?:seeds?|seeder)$/, 'filling a database'],
  [/^(?:examples?|samples?|template)$/, 'an example'],
  [/^(?:old|bak|orig|deprecated|obsolete|unused)$/, 'the past'],
];

/** Folders of files that nobody deploys. */
const FOLDERS = /^(?:templates?|fixtures)$/;
/** What such a folder may be called besides. */
const BESIDES =
  /^(?:docker|compose|stack|env|environment|setup|infra|deploy|server|db|database|data|snapshot|tools?)$/;

const DEPRECATED =
  /^\W*(?:(?:note|warning|attention)\W+)?(?:(?:this|the) (?:compose )?(?:file|stack|setup) is )?(?:now )?(?:deprecated|obsolete|superseded)\b(?! (?:attributes?|keys?|options?|syntax|versions?)\b)|\bdo not use(?=\s*(?:$|[.!,;:(\u2013\u2014-]|this\b|it\b|anymore\b|any more\b|in production\b))|\bno longer (?:used|maintained|supported|deployed)\b/i;
const DEVELOPMENT =
  /(?:\bfor |\b)(?:local|for) development\b|\bdevelopment (?:only|purposes)\b|\bnot (?:meant |intended |to be )*(?:used? )?(?:this )?(?:in|for) production\b/i;
/** A line that sends developers to another file. */
const ELSEWHERE = /\b(?:use|run|see)\b|compose[\w.-]{0,100}\.ya?ml/i;
const HEAD_LINES = 12;

/** Why nobody deploys a Compose file, by its own word; undefined where it says nothing of the kind. */
export function asideReason(path: string, text: string): string | undefined {
  const words = basename(path).toLowerCase().split(/[._-]/);
  for (const [word, purpose] of PURPOSES)
    if (words.some((each) => word.test(each))) return `its name says that it is for ${purpose}`;
  if (path.split('/').slice(0, -1).some(isAsideFolder)) return 'its folder says that nobody deploys it';
  const head = headLines(text);
  if (head.some((line) => DEPRECATED.test(line))) return 'its first lines say that it is no longer used';
  const isForDevelopers = head.some(
    (line) => DEVELOPMENT.test(line) && (/\bnot\b/i.test(line) || !ELSEWHERE.test(line)),
  );
  return isForDevelopers ? 'its first lines say that it is for development' : undefined;
}

/** `e2e_tests`, `seed-snapshot`: of a product that is called after one of these, `dev-portal`, more is said. */
function isAsideFolder(folder: string): boolean {
  const words = folder
    .toLowerCase()
    .split(/[._-]/)
    .filter((word) => word !== '');
  const isPurpose = (word: string) => FOLDERS.test(word) || PURPOSES.some(([pattern]) => pattern.test(word));
  return words.some(isPurpose) && words.every((word) => isPurpose(word) || BESIDES.test(word));
}

/** The comments before the first key. */
function headLines(text: string): readonly string[] {
  const lines = text.split('\n', HEAD_LINES * 2);
  const end = lines.findIndex((line) => !/^\s*(?:#|$|---|version:|name:)/.test(line));
  return lines
    .slice(0, end === -1 ? lines.length : end)
    .filter((line) => line.trimStart().startsWith('#'))
    .slice(0, HEAD_LINES)
    .map((line) => line.replace(/^\s*#+\s*/, ''));
}
