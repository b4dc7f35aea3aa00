import type { LiveCheck, Verdict } from '../../src/contract.ts';
import { asRecord } from '../../src/repo/record.ts';
import type { World } from '../../src/world.ts';
import { limitsOf } from './limits.ts';
import type { LimitsState } from './read.ts';

const REMEDY = 'install Docker with its Compose plugin: https://docs.docker.com/compose/install/';

/** Asks docker itself how it reads each stack. Limits in force (`docker stats`) need the server. */
export function verify({ stacks }: LimitsState): readonly LiveCheck[] {
  return stacks.map((stack) => {
    const files = stack.files.map(({ path }) => path);
    const services = stack.services.filter(({ role }) => role !== 'sibling').map(({ name }) => name);
    return {
      title: `docker compose reads limits for ${services.join(' and ')} in ${files.join(' and ')}`,
      level: 'live',
      needs: [],
      run: (world) => composeConfig(world, files, services),
    };
  });
}

async function composeConfig(
  world: World,
  files: readonly string[],
  services: readonly string[],
): Promise<Verdict> {
  const version = await world.run('docker', ['compose', 'version']);
  if (version.exitCode !== 0)
    return { verdict: 'skip', reason: 'docker compose is not installed', remedy: REMEDY };
  const args = [
    'compose',
    ...files.flatMap((file) => ['-f', file]),
    'config',
    '--format',
    'json',
    '--no-env-resolution',
  ];
  const { exitCode, stdout, stderr } = await world.run('docker', args);
  if (exitCode !== 0)
    return { verdict: 'fail', reason: `docker compose refuses ${files.join(' and ')}: ${stderr.trim()}` };
  const model = asRecord(asRecord(JSON.parse(stdout)).services);
  const bare = services.find((name) => limitsOf(asRecord(model[name])).memory === undefined);
  if (bare !== undefined)
    return { verdict: 'fail', reason: `docker compose sees no memory limit for ${bare}` };
  const evidence = services.map((name) => ({
    subject: name,
    observed: JSON.stringify(limitsOf(asRecord(model[name]))),
  }));
  return { verdict: 'pass', evidence };
}
