import type { Dependency } from '../contract.ts';
import { addPackage } from '../edit/json.ts';
import { join } from '../repo/paths.ts';
import { asRecord } from '../repo/record.ts';
import type { RawRepo } from '../repo/repo.ts';
import { decode } from '../repo/text.ts';
import { spliceBytes } from './splice-bytes.ts';

/** The package.json files with the packages in them, and the packages that were not there before. */
export type ManifestEdits =
  | { readonly files: ReadonlyMap<string, Uint8Array>; readonly added: readonly Dependency[] }
  | { readonly refused: string };

/**
 * Writes packages into package.json files. A range that is at least as strict as the one asked for stays; a
 * wider one is narrowed; one that allows none of the versions asked for is a refusal.
 * @throws SourceError when a package.json does not parse.
 */
export async function editManifests(
  repo: RawRepo,
  dependencies: readonly Dependency[],
): Promise<ManifestEdits> {
  const files = new Map<string, Uint8Array>();
  const added: Dependency[] = [];
  for (const dependency of dependencies) {
    const path = join(dependency.dir, 'package.json');
    if (!repo.exists(path))
      return { refused: `${path} does not exist, so ${dependency.name} cannot be added` };
    const bytes = files.get(path) ?? repo.bytes(path);
    const edited = await addTo(path, bytes, dependency);
    if (typeof edited === 'object' && 'refused' in edited) return edited;
    if (edited === 'satisfied') continue;
    files.set(path, edited);
    added.push(dependency);
  }
  return { files, added };
}

async function addTo(
  path: string,
  bytes: Uint8Array,
  { name, range, dev }: Dependency,
): Promise<Uint8Array | 'satisfied' | { readonly refused: string }> {
  const decoded = decode(bytes);
  if (!decoded) return { refused: `${path} is not UTF-8 text` };
  const { text, encoding } = decoded;
  const declared = declarationOf(text, name);
  if (declared && !dev && declared.section === 'devDependencies')
    return {
      refused: `${path} lists ${name} under devDependencies, but it is needed at run time; move it first`,
    };
  const relation = declared ? await relationOf(declared.range, range) : 'wider';
  if (relation === 'stricter') return 'satisfied';
  if (relation === 'apart')
    return { refused: `${path} asks for ${name} ${declared?.range}, but ${range} is needed` };
  const section = declared?.section ?? (dev ? 'devDependencies' : 'dependencies');
  const edit = addPackage(path, text, section, { name, range, replace: true });
  return 'refused' in edit
    ? edit
    : spliceBytes(
        text,
        encoding,
        [...edit.spans].sort((a, b) => a.start - b.start),
      );
}

type Section = 'dependencies' | 'devDependencies';

/** Read leniently: an edit of a package.json that does not parse throws anyway. */
function declarationOf(
  text: string,
  name: string,
): { readonly section: Section; readonly range: string } | undefined {
  let manifest: Readonly<Record<string, unknown>>;
  try {
    manifest = asRecord(JSON.parse(text));
  } catch {
    return undefined;
  }
  for (const section of ['dependencies', 'devDependencies'] as const) {
    const range = asRecord(manifest[section])[name];
    if (typeof range === 'string') return { section, range };
  }
  return undefined;
}

/** How a declared range stands to the wanted one. What is no range (a tag, `workspace:`, `file:`) is the owner's. */
async function relationOf(declared: string, wanted: string): Promise<'stricter' | 'wider' | 'apart'> {
  const { default: semver } = await import('semver');
  if (semver.validRange(declared) === null || semver.subset(declared, wanted)) return 'stricter';
  return semver.subset(wanted, declared) ? 'wider' : 'apart';
}
