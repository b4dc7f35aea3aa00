import type { Evidence, LiveCheck, Verdict } from '../../src/contract.ts';
import { template } from '../../src/repo/templates.ts';
import type { World } from '../../src/world.ts';
import { BACKUP, RESTORE } from './apply/scripts.ts';
import type { ScriptStack } from './read/script-stack.ts';
import type { BackupState } from './read.ts';
import { TAKEN } from './tables.ts';

const PROOF = 'gap-006-database-backups/proof';
/** In the scratch copy only. */
const FOLDER = '.backup-drill';
const TOOLS: readonly (readonly [program: string, remedy: string])[] = [
  ['redis-server', 'apt-get install redis-server'],
  ['sqlite3', 'apt-get install sqlite3'],
  ['bash', 'apt-get install bash'],
  ['flock', 'apt-get install util-linux'],
];

/** Tries the scripts on a stack of the shape of the Compose file, with a docker that runs everything here. */
export function verify(state: BackupState): readonly LiveCheck[] {
  const { scriptStack: stack } = state;
  const isOurs = !('refused' in stack) && hasScripts(state);
  if (!isOurs || !stack.services.some(({ mounts }) => mounts.length > 0)) return [];
  const scenario = (title: string, name: string): LiveCheck => ({
    title,
    level: 'live',
    needs: [],
    seconds: 420,
    run: (world) => drill(world, stack, name),
  });
  return [
    scenario(
      `${BACKUP}, started as cron does, takes databases under writes and Redis, and ${RESTORE} brings the same rows and keys back`,
      'round_trip',
    ),
    scenario(
      'A full disk, a kill and a second run end in failure and leave the last good archives',
      'failures',
    ),
    scenario(
      'A damaged database, a Redis that is down or refuses the password, a service that does not answer and a file that is never at rest cost their own part of the archive alone; a restore that fails keeps what was there',
      'parts',
    ),
  ];
}

/** Whether the scripts are this gap's, or nothing else takes what they would take. */
function hasScripts({ repo, stores, bare, sleeping }: BackupState): boolean {
  if (repo.exists(BACKUP)) return repo.mentions(BACKUP, 'backup-common.sh');
  const open = [...bare, ...sleeping.flatMap(({ covers }) => covers)];
  return stores.some((store) => open.includes(store) && TAKEN.includes(store.kind));
}

async function drill(world: World, stack: ScriptStack, scenario: string): Promise<Verdict> {
  for (const path of [BACKUP, RESTORE])
    if ((await world.read(path)) === undefined) return { verdict: 'fail', reason: `there is no ${path}` };
  for (const [program, remedy] of TOOLS) {
    const { exitCode } = await world.run('sh', ['-c', `command -v ${program}`]);
    if (exitCode !== 0) return { verdict: 'skip', reason: `${program} is not installed`, remedy };
  }
  await world.write(`${FOLDER}/stack`, stackTable(stack));
  for (const file of ['docker', 'drill.sh'])
    await world.write(`${FOLDER}/${file}`, template(`${PROOF}/${file}`), 0o755);
  const args = [`${FOLDER}/drill.sh`, world.dir, `${FOLDER}/stack`, `${FOLDER}/docker`, scenario];
  const { exitCode, stdout, stderr } = await world.run('bash', args, {
    seconds: 400,
    env: { TMPDIR: `${world.dir}/${FOLDER}` },
  });
  const lines = stdout.split('\n').map((line) => line.split('\t'));
  const evidence = lines.flatMap(([kind, subject = '', observed = '']): Evidence[] =>
    kind === 'seen' ? [{ subject, observed }] : [],
  );
  if (exitCode === 0 && evidence.length > 0) return { verdict: 'pass', evidence };
  const lacked = lines.find(([kind]) => kind === 'missing')?.[1];
  const reason =
    lacked === undefined
      ? `the drill ended with ${exitCode ?? 'the time limit'}: ${stderr.trim().split('\n').at(-1)}`
      : `expected ${lacked}`;
  return { verdict: 'fail', reason, evidence };
}

/** What the drill reads: name, kind, working folder, mounts. Logs are no data, to the scripts neither. */
function stackTable({ services }: ScriptStack): string {
  return services
    .filter(({ isDeclared }) => isDeclared)
    .map(({ name, kind, workdir, mounts }) => {
      const kept = mounts.filter((mount) => !mount.startsWith('/var/log'));
      return `${[name, kind, workdir, kept.join(',')].join('\t')}\n`;
    })
    .join('');
}
