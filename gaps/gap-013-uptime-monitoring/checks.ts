import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { deploymentsOf } from '../../src/read/deploy/deployments.ts';
import { isInside } from '../../src/repo/paths.ts';

const CLOCKED =
  /cron:|sites:|frequency|interval|period\s*=|scrape_interval|image:\s*['"]?[\w./-]*(?:uptime-kuma|gatus|blackbox|statping|healthchecks)|checkly|monitors?:/i;
const TARGET = /https:\/\/|\burl\b|\bhost\b|\bURL\b|image:|targets?:|defineConfig|projectName/;

/** From files with a clock to what they ask, and from words of a build to what they freeze. */
export function checksOf(repo: Repo): readonly Check[] {
  if (deploymentsOf(repo).length === 0) return [];
  return [
    {
      title: 'A file asks the site on a clock, and what is deployed or scheduled runs it',
      level: 'static',
      run: () => isWatched(repo),
    },
    { title: 'A health route is asked anew for each request', level: 'static', run: () => isFresh(repo) },
    { title: 'No probe ends at its first success', level: 'static', run: () => counts(repo) },
  ];
}

const NAMED =
  /uptime|upptime|monitor|gatus|checkly|openstatus|statuscake|betterstack|health|smoke|heartbeat|synthetic|\.tf$|compose/i;
const KIND = /(?<!blackbox[\w.-]*|prometheus[\w.-]*)\.(ya?ml|tf|json|[cm]?[jt]s)$/;
const ELSEWHERE = /(^|\/)(node_modules|src|app|components|lib|tests?|docs|examples?)\//;

/** A line of cron for each hour, or more often. */
const OFTEN = /cron:\s*['"]?\S+ (?:\*|\*\/1|\d+-\d+) /;

function isWatched(repo: Repo): Verdict {
  const stacks = new Set(deploymentsOf(repo).flatMap(({ kind, path }) => (kind === 'compose' ? [path] : [])));
  const found = repo.files
    .filter((path) => KIND.test(path) && NAMED.test(path) && !ELSEWHERE.test(path))
    .find((path) => asks(path, (repo.peek(path) ?? '').replace(/^\s*(#|\/\/).*$/gm, ''), stacks));
  if (found === undefined)
    return { verdict: 'fail', reason: 'no file asks on a clock whether the site answers' };
  return { verdict: 'pass', evidence: [{ subject: found, observed: 'asks on a clock' }] };
}

function asks(path: string, text: string, stacks: ReadonlySet<string>): boolean {
  if (/compose[\w.-]*\.ya?ml$/.test(path))
    return (
      stacks.has(path) &&
      /image:\s*['"]?[\w./-]*(?:uptime-kuma|gatus|blackbox|statping|healthchecks)/.test(text)
    );
  if (path.endsWith('.tf')) return /uptime|_check|canary|synthetic|monitor|web_test/.test(text);
  if (path.startsWith('.github/workflows/')) return OFTEN.test(text) && TARGET.test(text);
  if (/EVERY_\d+H/.test(text) && !/EVERY_(?:1H|\d+[MS])\b/.test(text)) return false;
  return (CLOCKED.test(text) || CLOCKED.test(path)) && TARGET.test(text);
}

function isFresh(repo: Repo): Verdict {
  const frozen = repo.layout.apps.flatMap(({ appDir, next }) =>
    appDir === undefined || !/^\D*1[34]\b/.test(next)
      ? []
      : repo.files.filter((path) => {
          if (
            !isInside(appDir, path) ||
            !/\/(health\w*|status|live\w*|ready\w*|ping|heartbeat|up)\/route\.[jt]s$/.test(path)
          )
            return false;
          const text = repo.peek(path) ?? '';
          const ignores = /\bGET\s*(?:=\s*(?:async\s*)?)?\(\s*(?:_\w*[^)]*)?\)/.test(text);
          const isBuilt =
            !/force-dynamic|revalidate = 0|['"]edge['"]|noStore|headers\(\)|cookies\(\)|\bPOST\b/.test(text);
          return ignores && isBuilt && !(/no-store/.test(text) && !/process\.env/.test(text));
        }),
  );
  if (frozen.length > 0)
    return { verdict: 'fail', reason: `${frozen.join(', ')}: answers what the build found` };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'health routes', observed: 'none is frozen by the build' }],
  };
}

function counts(repo: Repo): Verdict {
  const broken = repo.files.filter((path) => {
    if (!/(health|uptime|monitor|status|ping|smoke)[\w-]*\.(sh|bash)$/i.test(path)) return false;
    const lines = (repo.peek(path) ?? '').split('\n');
    return (
      lines.some((line) => /^\s*set\s+-\w*e|^#!.*bash -\w*e/.test(line)) &&
      lines.some((line) => /^\s*\(\(\s*\w+\+\+\s*\)\)\s*$/.test(line)) &&
      lines.some((line) => /=["']?0/.test(line))
    );
  });
  if (broken.length > 0)
    return { verdict: 'fail', reason: `${broken.join(', ')}: set -e ends it where it counts from 0` };
  return { verdict: 'pass', evidence: [{ subject: 'probes', observed: 'none ends early' }] };
}
