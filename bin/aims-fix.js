#!/usr/bin/env node
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

// A signal that comes while the script is read ends this process with the code that it would have ended with later.
for (const [name, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131 }))
  if (require.main === module) process.once(name, () => process.exit(code));

const filename = join(__dirname, '..', 'dist', 'aims-fix.cjs');
/** What V8 made of the script when the package was built. Another V8 refuses it and compiles the script again. */
const cache = `${filename}.cache`;

/**
 * What V8 is told for a process that lives half a second: it compiles a pattern when it is first run, optimizes only
 * what has run four times as long as usual, makes room for new objects at once, and lets what is left of them grow by
 * three fifths before it looks what is still needed: trees of code are large and soon forgotten. V8 documents none of these flags
 * and ignores what it does not know. `npm run bench` measures what they bring (a sixth of an audit, when this was
 * written); when that is nothing any more, this can go.
 */
function tune() {
  for (const flag of [
    'regexp-tier-up-ticks=0',
    'interrupt-budget=270000',
    'semi-space-growth-factor=16',
    'heap-growing-percent=60',
  ])
    setFlagsFromString(`--${flag}`);
}

/** Runs the built script and returns it with what it exports. A cache is good for the flags that it was made under. */
function load({ isCached }) {
  // The script is ASCII, which Node reads several times faster as Latin-1.
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, 'latin1')}\n})`;
  const script = new Script(source, { filename, cachedData: isCached ? read(cache) : undefined });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(filename), module, filename, dirname(filename));
  return { script, exported: module.exports };
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

// The build asks for what it compiles by the same way in; another file would take Node a millisecond to find.
if (require.main === module) {
  tune();
  load({ isCached: true })
    .exported.run(process.argv.slice(2))
    .then((exitCode) => {
      process.exitCode = exitCode;
    });
} else module.exports = { cache, load, tune };
