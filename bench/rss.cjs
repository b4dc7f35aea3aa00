// Preloaded into a measured process: leaves its peak memory, in KiB, where BENCH_RSS says.
const { writeFileSync } = require('node:fs');
process.on('exit', () => writeFileSync(process.env.BENCH_RSS, String(process.resourceUsage().maxRSS)));
