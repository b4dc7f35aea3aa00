import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { schemaFiles } from './schemas.ts';

/**
 * Writes the JSON Schemas from the zod schemas. `--check` writes nothing and exits 1 when a file is not what it
 * would write.
 */
const stale = Object.entries(schemaFiles()).filter(
  ([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text,
);
for (const [path, text] of stale) {
  if (process.argv.includes('--check')) {
    console.error(
      `${path} is not what the zod schemas say: run node scripts/run.js scripts/generate-schema.ts`,
    );
    process.exitCode = 1;
    continue;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
