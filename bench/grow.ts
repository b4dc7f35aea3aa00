import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The size of the repository that the runbook was written for: files in all, TypeScript files of its front end. */
const REAL = { files: 1756, frontend: 200 };

/**
 * Copies the sample into a folder and grows it `times` the size of the real repository: its own pages and
 * components again under other names, and Markdown, Python and JSON beside them, which an audit has to walk past.
 */
export function growSample(sample: string, target: string, times = 1): void {
  cpSync(sample, target, { recursive: true });
  const sources = filesUnder(join(target, 'frontend')).filter((path) =>
    /\/(components|dashboard)\/.*\.tsx$/.test(path),
  );
  const have = filesUnder(join(target, 'frontend')).filter((path) => /\.tsx?$/.test(path)).length;
  for (let index = 0; index < REAL.frontend * times - have; index += 1) {
    const source = sources[index % sources.length] ?? '';
    const copy = source.replace(/\/(components|dashboard)\//, `/$1/grown-${index}/`);
    write(copy, readFileSync(source, 'utf8').replaceAll(/from (["'])\.\.?\//g, 'from $1@/grown/'));
  }
  const left = REAL.files * times - filesUnder(target).length;
  for (let index = 0; index < left; index += 1) write(join(target, bulkPath(index)), bulkText(index));
}

function bulkPath(index: number): string {
  const extension = ['md', 'py', 'json', 'ts'][index % 4];
  return `backend/service-${index % 40}/part-${index}.${extension}`;
}

function bulkText(index: number): string {
  if (index % 4 === 2) return `{ "part": ${index} }\n`;
  const line =
    index % 4 === 3 ? `export const part${index} = ${index};\n` : `# part ${index} of the service\n`;
  return line.repeat(60);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
