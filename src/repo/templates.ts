import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from './once.ts';
import { decode } from './text.ts';

/**
 * The text of a template, with LF line ends: templates are real files that ship beside the bundle, read when a
 * plan needs them and not before. The only file that a gap may read outside of the repository it judges.
 * @param path relative to templates/, as in 'gap-002-error-boundaries/frontend/app/error.tsx'
 * @throws Error when it does not exist: a broken installation or our own bug, nothing that a person can mend
 */
export function template(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) return known;
  const text = decode(readFileSync(join(packageRoot(), 'templates', path)))?.text;
  if (text === undefined) throw new Error(`the template ${path} is not UTF-8 text`);
  texts.set(path, text);
  return text;
}

const texts = new Map<string, string>();

/** The folder of aims-fix itself: from src/repo/ in the source, from dist/ when bundled. */
const packageRoot = once(() => {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    if (isOurs(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json of aims-fix above ${start}`);
  }
});

function isOurs(manifest: string): boolean {
  return existsSync(manifest) && /"name":\s*"aims-fix"/.test(readFileSync(manifest, 'utf8'));
}
