import { existsSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { AimsFixError, SourceError, UsageError } from '../errors.ts';
import { parseJson } from '../repo/json.ts';
import { parseMergedYaml } from '../repo/yaml.ts';
import type { Waiver } from '../runner/waivers.ts';
import { didYouMean } from '../words/suggest.ts';

/** What a repository says about how it wants to be audited. */
export interface Config {
  /** The name of the file, for messages; absent when there is none. */
  readonly file?: string;
  /** Narrows the Next.js apps; '' is the root. */
  readonly apps?: readonly string[];
  /** Per gap id, as written; whoever applies the gap checks the values. */
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly waivers: readonly Waiver[];
}

const FILES = ['aims-fix.config.yaml', 'aims-fix.config.json', 'package.json'];
const PROPERTY = 'aimsFix';

/**
 * Reads the configuration at the root, or a file that was named: data only, because it comes from the repository
 * under repair. Zod is loaded when there is one.
 * @throws UsageError naming the file and the key path: it cannot be read, has an unknown key or names no gap.
 */
export async function loadConfig(
  root: string,
  file: string | undefined,
  gapIds: readonly string[],
): Promise<Config> {
  const found = await find(root, file);
  if (!found) return { options: {}, waivers: [] };
  const [{ configSchema }, { parseStrictly }] = await Promise.all([
    import('./config-schema.ts'),
    import('./schema-errors.ts'),
  ]);
  const { apps, options = {}, waivers = [] } = parseStrictly(configSchema, found.value, found.file);
  for (const id of Object.keys(options)) requireGap(id, gapIds, `${found.file}: options.${id}`);
  for (const [index, { gap }] of waivers.entries())
    requireGap(gap, gapIds, `${found.file}: waivers[${index}].gap`);
  return { file: found.file, ...(apps ? { apps: apps.map(folderOf) } : {}), options, waivers };
}

async function find(
  root: string,
  named: string | undefined,
): Promise<{ readonly file: string; readonly value: unknown } | undefined> {
  if (named === undefined) requireOne(root);
  const { lilconfigSync } = (await import('lilconfig')).default;
  const searcher = lilconfigSync('aims-fix', {
    stopDir: root,
    searchPlaces: FILES.filter((name) => isReadable(join(root, name))),
    packageProp: [PROPERTY],
    loaders: { '.yaml': readYaml, '.yml': readYaml, '.json': readJson },
  });
  try {
    const found = named === undefined ? searcher.search(root) : searcher.load(dataFile(named));
    if (!found) return undefined;
    const name = basename(found.filepath);
    return { file: name === 'package.json' ? `${name}#${PROPERTY}` : name, value: found.config ?? {} };
  } catch (error) {
    if (error instanceof SourceError) throw new UsageError(error.message);
    if (error instanceof AimsFixError || !(error instanceof Error)) throw error;
    throw new UsageError(`the configuration cannot be read: ${error.message}`);
  }
}

/** Of two files one would be passed over in silence, and with it its waivers. */
function requireOne(root: string): void {
  const [one, other] = FILES.filter((name) => name !== 'package.json' && existsSync(join(root, name)));
  if (one !== undefined && other !== undefined)
    throw new UsageError(`${one} and ${other} both configure this repository`, 'Keep one of them.');
}

/** Reading a pipe would wait for ever. What is missing or broken is left to the loader, which says so. */
function isReadable(file: string): boolean {
  try {
    const facts = statSync(file);
    return facts.isFile() || facts.isDirectory();
  } catch {
    return true;
  }
}

/** The loader would run a script. */
function dataFile(named: string): string {
  if (['.yaml', '.yml', '.json'].includes(extname(named))) return resolve(named);
  throw new UsageError(`${named} is no configuration`, 'It has to be a YAML or a JSON file.');
}

function readYaml(path: string, text: string): unknown {
  const file = basename(path);
  const documents = parseMergedYaml(file, text);
  if (documents.length > 1) throw new UsageError(`${file} holds more than one document`);
  return documents[0]?.toJS() ?? {};
}

/** A package.json that says nothing of us is none of our business, even when it does not parse. */
function readJson(path: string, text: string): unknown {
  const file = basename(path);
  const isPackage = file === 'package.json';
  if (isPackage && !text.includes(`"${PROPERTY}"`)) return {};
  const value = parseJson(file, text.replace(/^\uFEFF/, ''));
  return isPackage && (typeof value !== 'object' || value === null) ? {} : (value ?? {});
}

function requireGap(id: string, known: readonly string[], place: string): void {
  if (!known.includes(id)) throw new UsageError(`${place}: there is no gap ${id}`, didYouMean(id, known));
}

/** `./frontend/` is `frontend`, `.` is the root. */
function folderOf(path: string): string {
  return join(path).replace(/\/$/, '').replace(/^\.$/, '');
}
