import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** docs/writing-a-gap.md, followed to the letter: no file but those of the new folder is edited by hand. */
const copy = mkdtempSync(join(tmpdir(), 'aims-fix-recipe-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: copy, encoding: 'utf8' });
  expect(`${stdout}${stderr}`.slice(-3000), `${program} ${args.join(' ')}`).toSatisfy(() => status === 0);
  return stdout;
}

test('a new gap passes its laws and every check without a file being edited by hand', () => {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', list, { encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const path of files) cpSync(path, join(copy, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));

  const said = run('npm', 'run', '--silent', 'new-gap', '--', 'GAP-024', 'csp-headers');
  expect(said).toContain('npx vitest run --project unit gaps/gap-024-csp-headers');
  expect(readFileSync(join(copy, 'gaps/registry.ts'), 'utf8')).toContain("id: 'GAP-024'");
  run('npx', 'vitest', 'run', '--project', 'unit', 'gaps/gap-024-csp-headers', 'test/laws/registry.test.ts');
  for (const check of ['generated', 'types', 'lint', 'unused'])
    run('npm', 'run', '--silent', `check:${check}`);
}, 240_000);

test('the page that tells the recipe names what there is', () => {
  const page = readFileSync('docs/writing-a-gap.md', 'utf8');
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const named = [...page.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => !(String(name) in scripts))).toEqual([]);
});
