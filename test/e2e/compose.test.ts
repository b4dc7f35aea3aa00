import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { aimsFix } from './cli.ts';

/** Which Compose file is meant, said on the command line and in the configuration. Every case runs the built CLI. */
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const STACK = 'services:\n  web:\n    build: .\n';

function target(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'aims-fix-compose-'));
  folders.push(root);
  const all = {
    'package.json': '{ "name": "web", "dependencies": { "next": "14.0.4", "react": "18" } }\n',
    'app/page.tsx': 'export default function Page() { return null; }\n',
    'compose.a.yml': STACK,
    'infra/compose.b.yml': STACK.replace('build: .', 'build: ..'),
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const plan = (root: string, ...flags: readonly string[]) =>
  aimsFix(root, ['plan', '--gap', 'GAP-003', '--repo', root, ...flags]);
const changed = (output: string) => output.match(/^\+\+\+ .*/gm);

describe('the Compose file that is deployed', () => {
  test('is asked for by the name of the flag where nothing says which', () => {
    const { stdout } = plan(target());
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'nothing says which of them is deployed; choose it with --compose FILE, or set `compose` in the configuration',
    );
    expect(changed(stdout)).toBeNull();
  });

  test('is the one that the flag names, or each of them', () => {
    const root = target();
    expect(changed(plan(root, '--compose', './infra/compose.b.yml').stdout)).toEqual([
      '+++ b/infra/compose.b.yml',
    ]);
    const both = plan(root, '--compose', 'compose.a.yml', '--compose', 'infra/compose.b.yml');
    expect(changed(both.stdout)).toEqual(['+++ b/compose.a.yml', '+++ b/infra/compose.b.yml']);
  });

  test('is the one of the configuration, and the flag goes before it', () => {
    const root = target({ 'aims-fix.config.yaml': 'compose: [compose.a.yml]\n' });
    expect(changed(plan(root).stdout)).toEqual(['+++ b/compose.a.yml']);
    expect(changed(plan(root, '--compose', 'infra/compose.b.yml').stdout)).toEqual([
      '+++ b/infra/compose.b.yml',
    ]);
  });

  test('has to be there', () => {
    const { code, stderr } = plan(target(), '--compose', 'compose.prod.yml');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no Compose file compose.prod.yml');
    expect(stderr).toContain('Found: compose.a.yml, infra/compose.b.yml.');
  });
});
