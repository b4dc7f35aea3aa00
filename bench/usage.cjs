// Preloaded into a measured process: leaves its CPU time (ms) and its peak memory (MiB) where BENCH_USAGE says.
const { writeFileSync } = require('node:fs');
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.BENCH_USAGE, `${(userCPUTime + systemCPUTime) / 1000} ${maxRSS / 1024}`);
});
