import type { Evidence, LiveCheck, Verdict } from '../../src/contract.ts';
import { template } from '../../src/repo/templates.ts';
import type { World } from '../../src/world.ts';
import { type Rehearsal, rehearsalOf } from './read/rehearsal.ts';
import type { ReleaseState } from './read.ts';
import { COMMON, GAP, ROLLBACK, RUNBOOK } from './tables.ts';

/** In the scratch copy only. */
const FOLDER = '.rollback-drill';
const TOOLS: readonly (readonly [program: string, remedy: string])[] = [
  ['bash', 'apt-get install bash'],
  ['flock', 'apt-get install util-linux'],
  ['git', 'apt-get install git'],
];

/** Follows the runbook with the deploy script itself and a docker that keeps images, tags and containers. */
export function verify({ repo, overwritten, procedures }: ReleaseState): readonly LiveCheck[] {
  const rehearsal = rehearsalOf(repo, overwritten);
  const isElsewhere = procedures.length > 0 && !repo.exists(COMMON);
  if (!rehearsal || isElsewhere) return [];
  const scenario = (title: string, name: string): LiveCheck => ({
    title,
    level: 'live',
    needs: [],
    seconds: 300,
    run: (world) => drill(world, rehearsal, name),
  });
  return [
    scenario(
      `The commands of ${RUNBOOK} deploy, roll back by one and by name, restart a service and come back from an emergency, and the images that run are those of the release`,
      'releases',
    ),
    scenario(
      'A deployment that breaks, does not build, finds no room, meets another one or is cut short ends with the release before',
      'failures',
    ),
  ];
}

async function drill(world: World, { script, services }: Rehearsal, scenario: string): Promise<Verdict> {
  for (const path of [RUNBOOK, COMMON, ROLLBACK])
    if ((await world.read(path)) === undefined) return { verdict: 'fail', reason: `there is no ${path}` };
  for (const [program, remedy] of TOOLS) {
    const { exitCode } = await world.run('sh', ['-c', `command -v ${program}`]);
    if (exitCode !== 0) return { verdict: 'skip', reason: `${program} is not installed`, remedy };
  }
  const rows = services.map(({ name, isBuilt, image, depends, hasHealthCheck }) =>
    [name, yes(isBuilt), image, depends.join(','), yes(hasHealthCheck)].join('\t'),
  );
  await world.write(`${FOLDER}/services`, `${rows.join('\n')}\n`);
  for (const file of ['docker', 'drill.sh'])
    await world.write(`${FOLDER}/${file}`, template(`${GAP}/proof/${file}`), 0o755);
  const args = [world.dir, `${FOLDER}/services`, `${FOLDER}/docker`, script.path, scenario, ...script.files];
  const { exitCode, stdout, stderr } = await world.run('bash', [`${FOLDER}/drill.sh`, ...args], {
    seconds: 280,
    env: { TMPDIR: `${world.dir}/${FOLDER}` },
  });
  return verdictOf(script.path, exitCode, stdout, stderr);
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}

function verdictOf(script: string, exitCode: number | undefined, stdout: string, stderr: string): Verdict {
  const lines = stdout.split('\n').map((line) => line.split('\t'));
  const evidence = lines.flatMap(([kind, subject = '', observed = '']): Evidence[] =>
    kind === 'seen' ? [{ subject, observed }] : [],
  );
  if (exitCode === 0 && evidence.length > 0) return { verdict: 'pass', evidence };
  const said = (wanted: string) => lines.find(([kind]) => kind === wanted)?.[1];
  if (exitCode === 3) return { verdict: 'skip', reason: `${script} cannot be rehearsed: ${said('lacks')}` };
  const lacked = said('missing');
  const reason =
    lacked === undefined
      ? `the drill ended with ${exitCode ?? 'the time limit'}: ${stderr.trim().split('\n').at(-1)}`
      : `expected ${lacked}`;
  return { verdict: 'fail', reason, evidence };
}
