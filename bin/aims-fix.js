#!/usr/bin/env node
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

// A signal that comes while the script is read ends this process with the code that it would have ended with later.
for (const [name, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131 }))
  if (require.main === module) process.once(name, () => process.exit(code));

const filename = join(__dirname, '..', 'dist', 'aims-fix.cjs');
/** What V8 made of the script when the package was built. Another V8 refuses it and compiles the script again. */
const cache = `${filename}.cache`;

/** Runs the built script and returns it with what it exports. */
function load() {
  // The script is ASCII, which Node reads several times faster as Latin-1.
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, 'latin1')}\n})`;
  const script = new Script(source, { filename, cachedData: read(cache) });
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
if (require.main === module)
  load()
    .exported.run(process.argv.slice(2))
    .then((exitCode) => {
      process.exitCode = exitCode;
    });
else module.exports = { cache, load };
