import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { deploymentsOf } from '../../src/read/deploy/deployments.ts';
import { yamlValue } from '../../src/read/deploy/yaml-value.ts';
import { asRecord } from '../../src/repo/record.ts';
import { goesBackByItself } from './hosts.ts';

/** Commands that put an earlier release back. */
const BACK =
  /git (?:checkout|reset|revert)|rollout undo|helm rollback|update-traffic|(?:vercel|netlify|heroku|fly|flyctl)\b[^\n]*\b(?:rollback|releases|--image|promote)|up -d|docker (?:run|tag)|RELEASE=|IMAGE_TAG=|systemctl start|pm2 (?:deploy|reload)|redeploy|restore/i;
const NEAR = 40;
const WORD = /^(?!.*\b(?:credit|transaction|payment|SDK|API)s?\b).*(?:roll(?:ing)?[\s-]?back|\brevert)/im;

/** From the commands to the words around them, line by line, where detect goes from headings down. */
export function checksOf(repo: Repo): readonly Check[] {
  const deployments = deploymentsOf(repo);
  if (deployments.length === 0 || goesBackByItself(deployments)) return [];
  const stacks = deployments.filter(({ kind }) => kind === 'compose').map(({ path }) => path);
  return [
    {
      title: 'A command that puts an earlier release back stands beside the word',
      level: 'static',
      run: () => hasCommand(repo),
    },
    {
      title: 'Scripts and services that the way back names are there',
      level: 'static',
      run: () => namesWhatIsThere(repo),
    },
    ...stacks.map((path) => ({
      title: `Every image that ${path} builds can be named after the next one is built`,
      level: 'static' as const,
      run: () => canBeNamed(repo, path),
    })),
  ];
}

/** Lines about going back, with those that follow them. */
function passages(
  repo: Repo,
): readonly { readonly path: string; readonly line: number; readonly text: string }[] {
  const prose = /\.(mdx?|rst|adoc|txt|sh|bash|ya?ml)$/i;
  return repo.files
    .filter((path) => prose.test(path) && !/node_modules|fixtures|__tests__/.test(path))
    .flatMap((path) => {
      const text = repo.peek(path) ?? '';
      if (/roll-?back[^/]*\.(sh|bash|ya?ml)$/i.test(path)) return [{ path, line: 1, text }];
      if (!WORD.test(text) || new Set(text.match(/GAP-\d+/g)).size > 4) return [];
      const lines = text.split('\n');
      return lines.flatMap((line, at) => {
        const isHeading =
          /^#+\s/.test(line) || (line.length < 60 && /^([=~^-])\1{2,}$/.test(lines[at + 1] ?? ''));
        return isHeading && WORD.test(line)
          ? [{ path, line: at + 1, text: lines.slice(at, at + NEAR).join('\n') }]
          : [];
      });
    });
}

function hasCommand(repo: Repo): Verdict {
  const found = passages(repo).find(
    ({ text }) => BACK.test(text) || (text.match(/^\s*(?:\d+\.|-)\s/gm)?.length ?? 0) > 2,
  );
  if (!found)
    return {
      verdict: 'fail',
      reason: 'no heading or program about going back is followed by a command that does it',
    };
  return {
    verdict: 'pass',
    evidence: [{ subject: `${found.path}:${found.line}`, observed: found.text.split('\n')[0] ?? '' }],
  };
}

function namesWhatIsThere(repo: Repo): Verdict {
  const known = repo.layout.compose.flatMap(({ path }) =>
    Object.keys(asRecord(asRecord(yamlValue(repo, path)).services)),
  );
  const lost = passages(repo).flatMap(({ text }) => [
    ...[...text.matchAll(/\.\/([\w./-]+\.sh)\b/g)]
      .map(([, file = '']) => file)
      .filter((file) => !repo.files.some((path) => path.endsWith(file))),
    ...[...text.matchAll(/compose (?:-f \S+ )?(?:restart|stop|up -d(?: -[\w-]+)*) ([a-z][\w-]*)$/gm)]
      .map(([, name = '']) => name)
      .filter((name) => known.length > 0 && !known.includes(name)),
  ]);
  if (lost.length > 0) return { verdict: 'fail', reason: `it names ${[...new Set(lost)].join(', ')}` };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'scripts and services of the way back', observed: 'all are there' }],
  };
}

function canBeNamed(repo: Repo, path: string): Verdict {
  const scripts = deploymentsOf(repo)
    .filter(({ kind }) => kind === 'script' || kind === 'workflow')
    .map((each) => (repo.peek(each.path) ?? '').replace(/^\s*#.*$/gm, ''));
  const isTagged = scripts.some((text) => /docker (?:image )?(?:tag|save)|(?:-t|--tag)[= ]\S*\$/.test(text));
  const services = Object.entries(asRecord(asRecord(yamlValue(repo, path)).services));
  const bare = services.filter(([, value]) => {
    const { build, image, profiles } = asRecord(value);
    return (
      build !== undefined &&
      profiles === undefined &&
      !/[$@]|:v?\d/.test(typeof image === 'string' ? image : '')
    );
  });
  if (bare.length > 0 && !isTagged)
    return {
      verdict: 'fail',
      reason: `${bare.map(([name]) => name).join(', ')}: built in place, without a name of its own`,
    };
  return {
    verdict: 'pass',
    evidence: [
      {
        subject: path,
        observed: isTagged ? 'images are tagged by the deploy script' : 'no image is overwritten',
      },
    ],
  };
}
