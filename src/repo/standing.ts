import { basename } from './paths.ts';

/** What a file is to the people who use the product. */
export type Standing = 'product' | 'test' | 'example' | 'docs' | 'tool' | 'generated';

type Words = Readonly<Record<Exclude<Standing, 'product'>, readonly string[]>>;

/** Folders that mean the same wherever they stand. */
const ALWAYS = byWord({
  test: ['__tests__', '__test__', '__mocks__', '__mock__', '__fixtures__', '__fixture__', '__snapshots__'],
  example: ['.storybook', '.template', '.templates'],
  docs: [],
  tool: [],
  generated: ['node_modules', '__generated__', '__pycache__', '.next', '.turbo', '.nuxt', '.svelte-kit'],
});
/** Folders that mean it among source too; in an address, `/tests` is a page like any other. */
const AMONG_SOURCE = byWord({
  test: [
    'test',
    'tests',
    'testing',
    'testdata',
    'e2e',
    'cypress',
    'playwright',
    'mock',
    'mocks',
    'fixture',
    'fixtures',
  ],
  example: ['example', 'examples'],
  docs: [],
  tool: ['script', 'scripts'],
  generated: ['generated', 'vendor'],
});
/** Folders that mean it beside the source only: below `src/`, `tools` and `templates` are parts of a product. */
const BESIDE_SOURCE = byWord({
  test: ['eval', 'evals', 'bench', 'benchmark', 'benchmarks', 'loadtest', 'smoke'],
  example: [
    'sample',
    'samples',
    'demo',
    'demos',
    'template',
    'templates',
    'starter',
    'starters',
    'boilerplate',
    'boilerplates',
    'playground',
    'playgrounds',
    'storybook',
  ],
  docs: ['doc', 'docs', 'documentation', 'wiki'],
  tool: ['tool', 'tools', 'tooling', 'bin', 'hack'],
  generated: ['dist', 'build', 'out', 'coverage'],
});

const SOURCE: ReadonlySet<string> = new Set([
  'src',
  'app',
  'pages',
  'lib',
  'components',
  'server',
  'features',
]);
/** Folders with a dot of which the running system is made; every other one belongs to a tool. */
const OF_THE_SYSTEM =
  /^\.(?:adr|aws|deploy|do|docker|ebextensions|helm|infra|k8s|kamal|platform|render|well-known)$/;
/** What a server fills in: a Helm chart, a page, an nginx configuration, or a mail. */
const FILLED_IN = /\.(?:ya?ml|tpl|html?|conf|j2|jinja2?|ejs|hbs|liquid|mjml|txt|template)$/;
const CODE_FILE = /\.(?:[cm]?[jt]sx?|mdx?|astro|vue|svelte)$/;
const ROUTE_FILE = /^(?:page|route|layout|template|default|loading|error|not-found)\.\w+$/;

const NAMES: readonly (readonly [RegExp, Standing])[] = [
  [/\.(?:test|spec|e2e-spec|cy|ct|mock|eval)\.\w+$|_test\.(?:py|go)$|^(?:test_\w*|conftest)\.py$/, 'test'],
  [/\.(?:stories|story)\.\w+$/, 'example'],
  [/^readme(?:[.-][\w.-]+)?$/i, 'docs'],
  [
    /^(?:babel|commitlint|cypress|drizzle|esbuild|eslint|jest|knip|lint-staged|playwright|postcss|prettier|prisma|rollup|tailwind|tsup|vite|vitest|webpack)[\w.-]*\.config\.[cm]?[jt]s$/,
    'tool',
  ],
  [/\.min\.\w+$|\.(?:gen|generated)\.\w+$/, 'generated'],
];

/**
 * What the path says of its file: the outermost folder that tells decides, then the file's own name. Among documents
 * and tools, a folder further in says more: `docs/examples/` holds examples.
 */
export function standingOf(path: string): Standing {
  const name = basename(path);
  return folderStanding(path, name) ?? NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? 'product';
}

/** Whether a file tests the product, shows how it is used, or was made from something else: it is no part of what runs. */
export function isMaterial(path: string): boolean {
  const standing = standingOf(path);
  return standing === 'test' || standing === 'example' || standing === 'generated';
}

function folderStanding(path: string, name: string): Standing | undefined {
  const isCode = CODE_FILE.test(name);
  let isSource = false;
  let isAddress = false;
  let around: Standing | undefined;
  for (const [index, folder] of path.toLowerCase().split('/').slice(0, -1).entries()) {
    const told =
      ALWAYS.get(folder) ??
      (isAddress ? undefined : AMONG_SOURCE.get(folder)) ??
      (isSource || isFilledIn(folder, index, name) ? undefined : BESIDE_SOURCE.get(folder)) ??
      (folder.startsWith('.') && !OF_THE_SYSTEM.test(folder) ? 'tool' : undefined);
    // `docs/build/` says how to build; what was built stands elsewhere.
    const isSaid = told === 'docs' || told === 'tool' || (told === 'generated' && around === 'docs');
    if (told !== undefined && !isSaid) return told;
    around ??= told;
    isSource ||= SOURCE.has(folder);
    isAddress ||= isCode && (folder === 'pages' || (folder === 'app' && isRoute(path, name)));
  }
  return around;
}

/** Folders of a route are words of its address, and so is all that stands below `app/api/`. */
function isRoute(path: string, name: string): boolean {
  return ROUTE_FILE.test(name) || /(?:^|\/)app\/api\//.test(path);
}

function isFilledIn(folder: string, index: number, name: string): boolean {
  return index > 0 && folder.startsWith('template') && FILLED_IN.test(name);
}

function byWord(words: Words): ReadonlyMap<string, Standing> {
  const standings = ['test', 'example', 'docs', 'tool', 'generated'] as const;
  return new Map(standings.flatMap((standing) => words[standing].map((word) => [word, standing] as const)));
}
