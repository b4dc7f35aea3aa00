import type { Verdict } from '../../../src/contract.ts';
import type { Scratch } from '../../../src/world.ts';

/** `swagger-cli validate`, as the runbook's Verify line asks, with the program that comes with aims-fix. */
export async function fileIsValid(scratch: Scratch, path: string): Promise<Verdict> {
  const program = require.resolve('@apidevtools/swagger-cli/bin/swagger-cli.js');
  const { exitCode, stdout, stderr } = await scratch.run('node', [program, 'validate', path]);
  const said = `${stdout}\n${stderr}`.trim().split('\n');
  if (exitCode !== 0) return { verdict: 'fail', reason: `swagger-cli says: ${said.slice(0, 5).join(' ')}` };
  return {
    verdict: 'pass',
    evidence: [{ subject: `swagger-cli validate ${path}`, observed: said[0] ?? '' }],
  };
}
