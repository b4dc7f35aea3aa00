// Runs a command as bin/ does, without V8's code cache: with `tuned` under the flags that bin/ sets, or under V8's own.
const { load, tune } = require('../bin/aims-fix.js');

const [how, ...args] = process.argv.slice(2);
if (how === 'tuned') tune();
load({ isCached: false })
  .exported.run(args)
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
