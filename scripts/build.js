import { rmSync } from 'node:fs';
import { build } from 'esbuild';

// Bundled with code splitting: a command loads its own chunk, a gap its own, and nothing else. The parsers stay
// packages (native or large) and are loaded at their first use.
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['ts-morph', 'oxc-parser', 'yaml', 'jsonc-parser', 'diff'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
