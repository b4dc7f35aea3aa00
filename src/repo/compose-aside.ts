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
const FOLDERS = /(^|\/)(examples?|samples?|templates?|fixtures|bench(?:marks?)?|seeds?)\//;

const DEPRECATED =
  /^\W*(?:(?:note|warning|attention)\W+)?(?:(?:this|the) (?:compose )?(?:file|stack|setup) is )?(?:now )?(?:deprecated|obsolete|superseded)\b(?! (?:attributes?|keys?|options?|syntax|versions?)\b)|\bdo not use(?=\s*(?:$|[.!,;:(–—-]|this\b|it\b|anymore\b|any more\b|in production\b))|\bno longer (?:used|maintained|supported|deployed)\b/i;
const DEVELOPMENT =
  /(?:\bfor |\b)(?:local|for) development\b|\bdevelopment (?:only|purposes)\b|\bnot (?:meant |intended |to be )*(?:used? )?(?:this )?(?:in|for) production\b/i;
/** A line that sends developers to another file. */
const ELSEWHERE = /\b(?:use|run|see)\b|compose[\w.-]*\.ya?ml/i;
const HEAD_LINES = 12;

/** Why nobody deploys a Compose file, by its own word; undefined where it says nothing of the kind. */
export function asideReason(path: string, text: string): string | undefined {
  const words = basename(path).toLowerCase().split(/[._-]/);
  for (const [word, purpose] of PURPOSES)
    if (words.some((each) => word.test(each))) return `its name says that it is for ${purpose}`;
  if (FOLDERS.test(path)) return 'its folder says that nobody deploys it';
  const head = headLines(text);
  if (head.some((line) => DEPRECATED.test(line))) return 'its first lines say that it is no longer used';
  const isForDevelopers = head.some(
    (line) => DEVELOPMENT.test(line) && (/\bnot\b/i.test(line) || !ELSEWHERE.test(line)),
  );
  return isForDevelopers ? 'its first lines say that it is for development' : undefined;
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
