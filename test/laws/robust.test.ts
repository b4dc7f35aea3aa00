import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { registry } from '../../gaps/registry.ts';
import { loadGaps } from '../../src/registry.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { auditGap } from '../../src/runner/audit.ts';
import { parseOptions } from '../../src/runner/options.ts';
import { checksIn, fixIn } from '../harness/verbs.ts';

/** Whatever stands in a repository, an audit answers: a file that cannot be read blocks a gap and no more. */
const sample = readTree('test/fixtures/aims');
const gaps = await loadGaps(registry);
const options = await parseOptions(
  gaps,
  gaps.map(({ meta }) => meta.id),
  {},
  {},
);

type Tree = Readonly<Record<string, string | Uint8Array>>;

function readTree(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Detects, plans and checks every gap; throws where one of them throws anything but what the runner expects. */
async function everything(tree: Tree): Promise<readonly string[]> {
  const repo = createRepo(memorySource(tree));
  const statuses: string[] = [];
  for (const gap of gaps) {
    const { audit, findings } = auditGap(gap, repo);
    expect(audit.failure, gap.meta.id).toBeUndefined();
    statuses.push(audit.status);
    await tolerating(() => fixIn(gap, repo, findings, options.get(gap.meta.id) ?? {}));
    await tolerating(async () => {
      for (const { level, run } of checksIn(gap, repo)) if (level === 'static') await tolerating(run);
    });
  }
  return statuses;
}

async function tolerating(act: () => unknown): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Error) || !/^(SourceError|EditError)$/.test(error.name)) throw error;
  }
}

const BINARY = Uint8Array.from({ length: 600 }, (_, index) => (index * 37) % 256);
const CODE = [
  'const = (',
  'export default function Page( {',
  '`never closed ${',
  '/* never closed',
  "import { a } from './a.js",
  '<div><p></div>',
  'export * from "."; export * from "./";\n',
  '}'.repeat(500),
  '('.repeat(3000),
  'a'.repeat(200_000),
  '',
  '\uFEFF\r\n\u2028',
  "export * as default from 'x'; export { default as GET } from 'y';",
  'import "../../../../../../outside"; require(1); import(x);',
  'export const { a, b: { GET }, ...POST } = x; export default [];',
];
const YAML = [
  'a: [',
  'null',
  '[]',
  'text',
  '5',
  'services:',
  'services: []',
  'services: text',
  'services: { web: null, "": {}, 5: 5, __proto__: {} }',
  'services: { frontend: { build: [], deploy: 5, environment: [1, null, { a: b }], env_file: 3, ports: x } }',
  'services: { web: { build: { context: 5 }, volumes: [null, 4, {}], depends_on: 3, healthcheck: [] } }',
  'a: &a [*a]',
  'services: &s { web: { <<: *s } }',
  'services: { web: { <<: text } }',
  'services: { web: *nowhere }',
  'a: 1\n---\nb: [\n',
  '? [a, b]\n: c\nservices: {}\n',
  'a: !!js/function "x"\nb: !own {}\nservices: !reset null\n',
  '\tservices:\n',
  'openapi: 3.1.0\npaths: []\n',
  'openapi: 3.1.0\npaths: { /a: null, /b: [], /c: { get: 5 } }\n',
];
const JSON_TEXTS = [
  '{',
  'null',
  '[]',
  '"text"',
  '5',
  '{ "name": 5, "dependencies": [], "scripts": "x", "workspaces": 7 }',
  '{ "dependencies": { "next": 5, "react": null }, "devDependencies": null }',
  '{ "dependencies": { "next": "" }, "name": "" }',
  '{ "name": "__proto__", "dependencies": { "__proto__": "1", "next": "workspace:*" } }',
  '{ "compilerOptions": [] }',
  '{ "compilerOptions": { "baseUrl": 5, "paths": { "@/*": 5, "*": [null], "a": {} } }, "extends": [3, null] }',
  '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": { "*": ["../../../*"] } } }',
  '{ "openapi": "3.0.0", "paths": 5 }',
];

function junkFor(path: string): readonly (string | Uint8Array)[] {
  const shared = [BINARY, '', '\0', '\r\r\n'];
  if (/\.[cm]?[jt]sx?$/.test(path)) return [...CODE, ...shared];
  if (/\.ya?ml$/.test(path)) return [...YAML, ...shared];
  if (/\.json$/.test(path)) return [...JSON_TEXTS, ...shared];
  return [...CODE.slice(2, 8), ...YAML.slice(0, 4), ...shared];
}

/** The same numbers every time (a linear congruence), so that a failure can be looked at again. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

describe('an audit never crashes', () => {
  test('the sample itself has something to find in most gaps', async () => {
    expect((await everything(sample)).filter((status) => status === 'open').length).toBeGreaterThan(8);
  });

  const important = Object.keys(sample).filter((path) =>
    /^frontend\/(package|tsconfig)\.json$|compose\.prod\.yml$|^frontend\/app\/layout\.tsx$/.test(path),
  );

  test.each(['c++', '[id', 'id]', '(x', 'x)', '{a', 'a|b', '*', 'a\\b', '^$', '.'.repeat(9), '__proto__'])(
    'whatever a folder is called: %s',
    async (name) => {
      const page = 'export default function Page() { return <p>hi</p>; }\n';
      const folders = ['app/dashboard', 'app/api', 'app/api/test', 'components', 'lib/db'];
      const files = folders.map((folder) => [
        [`frontend/${folder}/${name}/page.tsx`, page],
        [`frontend/${folder}/${name}/route.ts`, 'export const POST = () => Response.json({});\n'],
        [`frontend/${folder}/${name}.ts`, "export const kept = process.env['X'];\n"],
      ]);
      await everything({
        ...sample,
        ...Object.fromEntries(files.flat()),
        [`infra/${name}/compose.yml`]: 'services: { web: { build: . } }\n',
      });
    },
  );

  test.each(important)('whatever stands in %s', async (path) => {
    for (const junk of junkFor(path)) await everything({ ...sample, [path]: junk });
  });

  test.each(Array.from({ length: Number(process.env.AIMS_FIX_ROUNDS ?? 6) }, (_, round) => round))(
    'when many files are broken at once, round %i',
    async (round) => {
      const random = numbers(round + 1);
      const tree: Record<string, string | Uint8Array> = { ...sample };
      for (const [path, text] of Object.entries(sample)) {
        if (random(3) > 0) continue;
        const junk = junkFor(path);
        tree[path] = random(2) === 0 ? text.slice(0, random(text.length)) : (junk[random(junk.length)] ?? '');
      }
      await everything(tree);
    },
  );
});
