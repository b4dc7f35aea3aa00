import { SourceError } from '../errors.ts';
import { readCode, requireWhole } from './code/code.ts';
import { parseJson } from './json.ts';
import { discoverLayout } from './layout.ts';
import type { Repo, RepoOptions } from './model.ts';
import { once } from './once.ts';
import type { Source } from './source.ts';
import { type DecodedText, decode, type Encoding, encode, sha256 } from './text.ts';
import { noteUnread } from './unread.ts';
import { parseMergedYaml, parseYaml } from './yaml.ts';

export type { SourceModule } from './code/code.ts';
export type { ComposeFile, NextApp, Repo, RepoOptions, Workspace } from './model.ts';
export type { YamlDocument } from './yaml.ts';

/** What the stage needs beside: the bytes and how they are encoded. */
export interface RawRepo extends Repo {
  bytes(path: string): Uint8Array;
  encoding(path: string): Encoding;
  readonly options: RepoOptions;
  /** How many files were read and parsed, for the tests that hold us to once. */
  readonly counts: { readonly reads: number; readonly parses: number };
}

export function createRepo(source: Source, options: RepoOptions = {}): RawRepo {
  const counts = { reads: 0, parses: 0 };
  const { bytes, decoded, exists, text, peek } = readerOf(source, counts);
  const parsed = <T>(parse: (path: string, text: string) => T) =>
    memo((path) => {
      counts.parses += 1;
      return parse(path, text(path));
    });
  const code = parsed(readCode);
  const layout = once(() => discoverLayout(repo, options));
  const repo: RawRepo = {
    files: source.list(),
    find: (pattern) => source.list().filter((path) => pattern.test(path)),
    exists,
    occupied: source.occupied,
    text,
    peek,
    mentions: (path, what) => holds(peek(path), what),
    hash: memo((path) => sha256(bytes(path))),
    mode: source.mode,
    code,
    module: (path) => requireWhole(code(path)),
    yaml: parsed(parseYaml),
    mergedYaml: parsed(parseMergedYaml),
    json: parsed(parseJson),
    get layout() {
      return layout();
    },
    bytes,
    encoding: (path) => requireText(path, decoded).encoding,
    options,
    closedFolders: source.closedFolders(),
    links: source.links(),
    leadOf: source.leadOf,
    counts,
  };
  return repo;
}

function holds(text: string | undefined, what: string | RegExp): boolean {
  return text !== undefined && (typeof what === 'string' ? text.includes(what) : what.test(text));
}

/** Reads files, each once. */
function readerOf(source: Source, counts: { reads: number }) {
  const listed = new Set(source.list());
  const read = (path: string) => {
    counts.reads += 1;
    return source.read(path);
  };
  const decoded = memo((path) => decode(read(path)));
  /** Made of the text again, because few ask: kept beside it they would be a third of the memory of a large audit. */
  const bytes = (path: string) => {
    const known = decoded(path);
    return known ? encode(known.text, known.encoding) : read(path);
  };
  const isText = (path: string) => listed.has(path) && !NO_TEXT.test(path);
  const look = memo((path) => (isText(path) ? quietly(() => decoded(path)?.text) : undefined));
  return {
    bytes,
    decoded,
    exists: (path: string) => listed.has(path),
    text: (path: string) => requireText(path, decoded).text,
    /** A text that is there and cannot be read is noted for whoever asks what an answer did not take in. */
    peek: (path: string): string | undefined => {
      const text = look(path);
      if (text === undefined && isText(path)) noteUnread(path);
      return text;
    },
  };
}

/** Names under which nobody keeps text; a sweep over all files does not open them. */
const NO_TEXT =
  /\.(?:png|jpe?g|gif|webp|avif|ico|bmp|tiff?|woff2?|ttf|otf|eot|mp[34]|webm|mov|wav|ogg|pdf|zip|t?gz|7z|jar|wasm|node|so|dylib|dll|exe)$/i;

function requireText(path: string, decoded: (path: string) => DecodedText | undefined): DecodedText {
  const value = decoded(path);
  if (!value) throw new SourceError(path, 'is not UTF-8 text');
  return value;
}

/** Remembers values and failures alike, so that a broken file is parsed once. */
function memo<T>(compute: (path: string) => T): (path: string) => T {
  const results = new Map<string, { value: T } | { error: unknown }>();
  return (path) => {
    let result = results.get(path);
    if (!result) {
      try {
        result = { value: compute(path) };
      } catch (error) {
        result = { error };
      }
      results.set(path, result);
    }
    if ('error' in result) throw result.error;
    return result.value;
  };
}

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
