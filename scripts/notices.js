import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The licenses of everything that is bundled: MIT, ISC, BSD and BlueOak ask for their text beside each copy.
 * @param {readonly import('esbuild').Metafile[]} metafiles what went into each script
 * @returns {string} one section for each package
 * @throws {Error} for a package without a license text, which may not be bundled
 */
export function noticesOf(metafiles) {
  const folders = new Set(
    metafiles
      .flatMap(({ inputs }) => Object.keys(inputs))
      .flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  const sections = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return `${name} ${version} (${license})\n\n${licenseIn(folder, name)}`;
  });
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  return `aims-fix bundles these packages:\n\n${sections.join(line)}\n`;
}

function licenseIn(folder, name) {
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)/i.test(each));
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8').trim();
  // Some keep the text at the end of their README.
  const readme = join(folder, 'readme.md');
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
  const at = text.search(/^#+ licen[cs]e/im);
  if (at === -1) throw new Error(`${name} is bundled and brings no license text`);
  return text.slice(at).trim();
}
