import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run new-gap -- GAP-024 csp-headers`: a folder with a gap that passes its tests, ready to be changed. */
const [id = '', slug = ''] = process.argv.slice(2);
const folder = join('gaps', `${id.toLowerCase()}-${slug}`);

if (!/^GAP-\d{3}$/.test(id) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
  console.error('usage: npm run new-gap -- GAP-024 a-slug-in-kebab-case');
  process.exitCode = 2;
} else if (existsSync(folder)) {
  console.error(`${folder} exists already`);
  process.exitCode = 2;
} else {
  create();
}

function create(): void {
  cpSync('gaps/_template', folder, { recursive: true });
  const index = join(folder, 'index.ts');
  const text = readFileSync(index, 'utf8').replace("'GAP-000'", `'${id}'`).replace("'template'", `'${slug}'`);
  writeFileSync(index, text);
  console.log(
    `${readdirSync(folder).length} files in ${folder}; now: npm run generate, then npx vitest run ${folder}`,
  );
}
