import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

// Runs a TypeScript script of this repository: node scripts/run.js scripts/generate.ts --check
const [script, ...args] = process.argv.slice(2);
const folder = 'node_modules/.cache/aims-fix-scripts';
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${basename(script, '.ts')}.mjs`);
await build({
  entryPoints: [script],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  // Parsers are loaded by `require`, also in what is built as a module.
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
  logLevel: 'error',
});
process.argv = [process.argv[0], resolve(script), ...args];
await import(pathToFileURL(resolve(outfile)).href);
