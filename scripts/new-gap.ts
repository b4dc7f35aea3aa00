import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
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
  const { status } = spawnSync('npm', ['run', '--silent', 'generate'], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${folder} is there; npm run generate failed`);
    process.exitCode = 1;
    return;
  }
  console.log(`${folder} is there and registered.`);
  console.log(
    `Next: write cases in ${join(folder, 'gap.test.ts')}, then npx vitest run --project unit ${folder}`,
  );
}
