// Lets V8 keep what it compiles while the built script audits the sample: a later start need not compile it again.
const { writeFileSync } = require('node:fs');
const { cache, load, tune } = require('../bin/aims-fix.js');

tune();
const { script, exported } = load({ isCached: false });
const silent = { write: () => undefined, isTTY: false, columns: 100 };
const io = { cwd: process.cwd(), env: {}, stdout: silent, stderr: silent, now: () => new Date() };
const commands = [['--help'], ['list'], ['audit', '--repo', 'test/fixtures/aims']];

(async () => {
  for (const command of commands) {
    const exitCode = await exported.run(command, io);
    if (exitCode !== 0)
      throw new Error(`aims-fix ${command.join(' ')} exited ${exitCode} while it was built`);
  }
  writeFileSync(cache, script.createCachedData());
})();
