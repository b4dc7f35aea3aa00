import { readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });

// Libraries of many small files cost more to find than to run: each becomes one file that src/repo/lazy.ts loads
// at its first use. The native and the large parser stay packages.
const VENDORED = ['yaml', 'jsonc-parser', 'diff', 'dockerfile-ast'];
await build({
  entryPoints: VENDORED.map((name) => ({ in: name, out: name })),
  outdir: 'dist/vendor',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
});

const fromVendor = {
  name: 'from-vendor',
  setup({ onLoad }) {
    onLoad({ filter: /src\/repo\/lazy\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = VENDORED.reduce(
        (text, name) => text.replace(`load('${name}')`, `load('./vendor/${name}.cjs')`),
        source,
      );
      return { contents, loader: 'ts' };
    });
  },
};

// Bundled with code splitting: a command loads its own chunk, a gap its own, and nothing else. Names stay, for the
// stack trace of a bug; white space costs a twelfth of an audit to read.
await build({
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minifySyntax: true,
  minifyWhitespace: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['ts-morph', 'oxc-parser', 'playwright-core'],
  plugins: [fromVendor],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
