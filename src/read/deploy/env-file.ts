import { basename, dirname, join } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import { interpolate, type Lookup } from './interpolation.ts';

const ASSIGNMENT = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]\s*((?:\S.*)?)$/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * The variables of an env file as Compose reads it: comments, quotes, escapes, interpolation from `lookup` and from
 * the lines above (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/).
 */
export function envFileValues(
  text: string,
  lookup: Lookup = () => undefined,
  isRaw = false,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const known: Lookup = (name) => lookup(name) ?? values.get(name);
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, name, first = ''] = ASSIGNMENT.exec(line) ?? [];
    if (name === undefined || /^\s*#/.test(line)) continue;
    if (isRaw) values.set(name, first);
    else {
      const { raw, further } = wholeValue(first, lines, at);
      at += further;
      values.set(name, readValue(raw, known));
    }
  }
  return values;
}

/** A quoted value may run over lines, up to its quote. */
function wholeValue(first: string, lines: readonly string[], at: number) {
  const quote = /^['"]/.exec(first)?.[0];
  if (quote === undefined || closes(first, quote)) return { raw: first, further: 0 };
  for (let further = 1; at + further < lines.length; further += 1)
    if (closes(`${quote}${lines[at + further] ?? ''}`, quote))
      return { raw: [first, ...lines.slice(at + 1, at + further + 1)].join('\n'), further };
  return { raw: first, further: 0 };
}

function closes(value: string, quote: string): boolean {
  return value.replace(/\\./g, '').slice(1).includes(quote);
}

function readValue(raw: string, lookup: Lookup): string {
  const single = /^'((?:\\.|[^'\\])*)'/s.exec(raw)?.[1];
  if (single !== undefined) return single.replaceAll("\\'", "'");
  const double = /^"((?:\\.|[^"\\])*)"/s.exec(raw)?.[1];
  if (double === undefined) return interpolate(raw.replace(/(^|\s)#.*/, '').trim(), lookup).value;
  const filled = interpolate(double, lookup).value;
  return filled.replace(/\\(.)/gs, (_, escaped: string) => ESCAPES[escaped] ?? escaped);
}

/**
 * The file that documents an env file: the file itself where it is committed, its example otherwise. An example
 * without a name of its own (`.env.example`) speaks for the others of its folder.
 */
export function documentOf(repo: Repo, path: string): string | undefined {
  const folder = dirname(path);
  const name = basename(path);
  const named = ['', '.example', '.sample', '.template', '.dist'].map((ending) => `${name}${ending}`);
  const bare = name.replace(/^\./, '');
  const turned = ['example', 'sample'].flatMap((word) => [`${word}.${bare}`, `${bare}.${word}`]);
  const shared = /^\.env(\.|$)/.test(name) ? ['.env.example', '.env.sample', '.env.template'] : [];
  return [...named, ...turned, ...shared]
    .map((each) => join(folder, each))
    .find((each) => repo.peek(each) !== undefined);
}
