import type { Evidence, LiveCheck, Verdict } from '../../src/contract.ts';
import type { World } from '../../src/world.ts';
import { healthRoutesOf } from './read/frozen-health.ts';
import type { MonitoringState } from './read.ts';
import { MONITORS, OWN_STACK, READY, RULE_TESTS, SCRIPT, TOKEN } from './tables.ts';

const LIVE = '/api/health';

/** Takes a backend away from the booted application, and, with the key at hand, asks the provider what is there. */
export function verify(state: MonitoringState): readonly LiveCheck[] {
  return [...healthChecks(state), ...providerChecks(state), ...ruleChecks(state)];
}

function healthChecks({ repo, watched }: MonitoringState): readonly LiveCheck[] {
  const app = repo.layout.apps.find((each) => healthRoutesOf(repo, each).some(({ url }) => url === LIVE));
  const isOurs = repo.mentions(MONITORS, READY);
  if (!app || !(isOurs || (watched && watched.backends.length > 0))) return [];
  return [
    {
      title: `${READY} says so within seconds when a backend is gone or does not answer, ${LIVE} stays as it is, and each answer is of now`,
      level: 'live',
      app: app.dir,
      needs: ['app', 'gateway'],
      seconds: 120,
      run: tryHealth,
    },
  ];
}

/** Longer than an answer about the backends is kept. */
const KEPT = 5500;

async function tryHealth(world: World): Promise<Verdict> {
  const evidence: Evidence[] = [];
  const visitor = world.visitor();
  const look = async (when: string, wanted: number): Promise<string | undefined> => {
    await world.sleep(KEPT);
    const [ready, live] = [await visitor.ask(READY), await visitor.ask(LIVE)];
    evidence.push({ subject: `GET ${READY}, ${when}`, observed: `${ready.status} ${ready.text}` });
    evidence.push({ subject: `GET ${LIVE}, ${when}`, observed: `${live.status}` });
    const secret = secretIn(world, `${ready.text}${live.text}`);
    if (secret !== undefined) return `an answer holds the value of ${secret}`;
    if (live.status !== 200) return `${LIVE} answered ${live.status} ${when}`;
    if (ready.status !== wanted) return `${READY} answered ${ready.status} ${when}, not ${wanted}`;
    const says = ready.text.includes('"status":"ready"');
    return says === (wanted === 200) ? undefined : `${READY} has the wrong word ${when}`;
  };
  const steps: readonly (readonly [string, number, Parameters<World['gateway']['answer']>[0]])[] = [
    ['with its backends', 200, 'default'],
    ['when a backend answers 503', 503, { status: 503, body: {} }],
    ['when a backend does not answer', 503, 'hang'],
    ['with its backends again', 200, 'default'],
  ];
  for (const [when, wanted, how] of steps) {
    world.gateway.answer(how);
    const problem = await look(when, wanted);
    if (problem !== undefined) return { verdict: 'fail', reason: problem, evidence };
  }
  for (const path of [LIVE, READY]) {
    const first = await visitor.ask(path);
    await world.sleep(20);
    const second = await visitor.ask(path);
    const times = [first, second].map(({ text }) => /"timestamp":"([^"]+)"/.exec(text)?.[1]);
    evidence.push({ subject: `GET ${path}, twice`, observed: times.join(' and ') });
    if (times[0] === undefined || times[0] === times[1])
      return { verdict: 'fail', reason: `two answers of ${path} have one timestamp`, evidence };
  }
  return { verdict: 'pass', evidence };
}

/** A variable whose value stands in a text: secrets, and the addresses of what is behind. */
function secretIn({ env }: World, text: string): string | undefined {
  return Object.keys(env).find(
    (name) =>
      /SECRET|KEY|TOKEN|PASSWORD|_URL$|ENDPOINT$/.test(name) &&
      (env[name] ?? '').length > 5 &&
      text.includes(env[name] ?? ''),
  );
}

/** Only with the key: whether the account has what the file says. */
function providerChecks({ repo }: MonitoringState): readonly LiveCheck[] {
  const token = process.env[TOKEN];
  if (!token || !repo.exists(SCRIPT) || !repo.exists(MONITORS)) return [];
  return [
    {
      title: `The provider has the monitors of ${MONITORS}, and none of them is paused`,
      level: 'live',
      needs: [],
      run: async (world) => {
        const env = { [TOKEN]: token, SITE_URL: process.env.SITE_URL ?? '' };
        const { exitCode, stdout, stderr } = await world.run('node', [SCRIPT, '--check'], { env });
        const evidence = [{ subject: `node ${SCRIPT} --check`, observed: stdout.trim() || stderr.trim() }];
        if (exitCode === 0) return { verdict: 'pass', evidence };
        return { verdict: 'fail', reason: 'the account is not as the file says', evidence };
      },
    },
  ];
}

/** The rules of a Prometheus of one's own, on outages of their tests. */
function ruleChecks({ repo }: MonitoringState): readonly LiveCheck[] {
  if (!repo.exists(OWN_STACK) || !repo.exists(RULE_TESTS)) return [];
  return [
    {
      title:
        'The rules of Prometheus wake somebody within five minutes of an outage, and not for a minute of it',
      level: 'live',
      needs: [],
      run: async (world) => {
        const found = await world.run('sh', ['-c', 'command -v promtool']);
        const remedy = 'apt-get install prometheus';
        if (found.exitCode !== 0) return { verdict: 'skip', reason: 'promtool is not installed', remedy };
        const { exitCode, stdout, stderr } = await world.run('promtool', ['test', 'rules', RULE_TESTS]);
        const said = `${stdout}${stderr}`.trim();
        const evidence = [{ subject: `promtool test rules ${RULE_TESTS}`, observed: said }];
        if (exitCode === 0) return { verdict: 'pass', evidence };
        return { verdict: 'fail', reason: 'a rule does not fire as its tests say', evidence };
      },
    },
  ];
}
