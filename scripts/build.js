import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { noticesOf } from './notices.js';

rmSync('dist', { recursive: true, force: true });

/** Libraries that no audit needs: a script of their own each, read when something asks for it. */
const APART = [
  '@clack/prompts',
  'ajv',
  'dockerfile-ast',
  'execa',
  'mdast-util-from-markdown',
  'mdast-util-gfm-table',
  'micromark-extension-gfm-table',
  'semver',
  'zod',
];
/** Parts of Node that take it milliseconds to load, and that most commands do not need: loaded when something is used. */
const LATE = ['child_process', 'crypto'];
const scriptOf = (name) => name.replace(/\W+/g, '-').replace(/^-/, '');

// CommonJS, because Node 20 takes V8's code cache for scripts and not for modules. Names stay, for the stack trace
// of a bug; white space costs time to read.
const common = {
  bundle: true,
  minifySyntax: true,
  minifyWhitespace: true,
  charset: 'ascii',
  format: 'cjs',
  platform: 'node',
  // The other build of jsonc-parser finds its own parts in a way that no bundler follows.
  mainFields: ['module', 'main'],
  target: 'node20.19',
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': '__meta.url' },
  banner: {
    js: [
      "'use strict';",
      "const __urlOf = (file) => require('node:url').pathToFileURL(file).href;",
      'const __meta = { get url() { return __urlOf(__filename); } };',
    ].join('\n'),
  },
  external: [
    'oxc-parser',
    'ts-morph',
    'playwright-core',
    '@apidevtools/swagger-cli',
    '@redocly/openapi-core',
    'axe-core',
  ],
  outExtension: { '.js': '.cjs' },
  logLevel: 'warning',
  metafile: true,
};

const apart = await build({
  ...common,
  entryPoints: APART.map((name) => ({ in: name, out: scriptOf(name) })),
  outdir: 'dist/apart',
});

const script = await build({
  ...common,
  entryPoints: { 'aims-fix': 'src/cli/main.ts' },
  outdir: 'dist',
  plugins: [
    {
      name: 'apart',
      setup({ onLoad, onResolve }) {
        onResolve({ filter: new RegExp(`^(?:${APART.join('|')})$`) }, ({ path }) => ({
          path: `./apart/${scriptOf(path)}.cjs`,
          external: true,
        }));
        onResolve({ filter: new RegExp(`^(?:node:)?(?:${LATE.join('|')})$`) }, ({ path, namespace }) =>
          namespace === 'late' ? { path, external: true } : { path, namespace: 'late' },
        );
        onLoad({ filter: /./, namespace: 'late' }, async ({ path }) => {
          const getters = Object.keys(await import(path))
            .filter((name) => name !== 'default')
            .map((name) => `get ${name}() { return require('${path}').${name}; },`);
          return { contents: `module.exports = { ${getters.join('\n')} };`, loader: 'js' };
        });
      },
    },
  ],
});

writeFileSync('dist/THIRD-PARTY-NOTICES.txt', noticesOf([apart.metafile, script.metafile]));
execFileSync(process.execPath, ['scripts/warm.cjs'], { stdio: 'inherit' });
