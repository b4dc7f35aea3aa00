import type { Repo } from '../../src/contract.ts';
import { dirname, isInside } from '../../src/repo/paths.ts';
import type { Place } from './counters.ts';

const PROXIES: readonly (readonly [name: string, files: RegExp, limit: RegExp])[] = [
  [
    'nginx',
    /(^|\/)[\w.-]*nginx[\w.-]*(\/|$)|\.(conf|conf\.template|template)$/i,
    /^[ \t]*limit_req\s+zone=/m,
  ],
  ['Caddy', /(^|\/)Caddyfile[\w.-]*$/, /^\s*rate_limit\b/m],
  ['Traefik', /\.(ya?ml|toml)$/, /middlewares?[.\w-]*\.ratelimit\.|^\s*rateLimit:\s*\n\s+average:/im],
  [
    'Cloudflare',
    /(^|\/)wrangler\.(toml|jsonc?)$|\.tf$/,
    /\[\[(unsafe\.bindings|ratelimits)\]\]|"ratelimits"|cloudflare_rate_limit|http_ratelimit/,
  ],
  ['the AWS WAF', /\.tf$/, /rate_based_statement/],
  ['Kong or Envoy', /(^|\/)(kong|envoy)[\w.-]*\.ya?ml$/, /rate-limiting|rate_limit/],
];

/** A limit that a proxy in front keeps, which the application itself knows nothing of. */
export function findProxyLimit(repo: Repo): Place | undefined {
  for (const [name, files, limit] of PROXIES)
    for (const path of repo.find(files)) {
      const match = limit.exec(repo.peek(path) ?? '');
      if (match) return { path, at: match.index, name };
    }
  return undefined;
}

const MANIFEST = /(^|\/)(requirements[\w.-]*\.txt|pyproject\.toml|Pipfile|setup\.(py|cfg))$/;
const LIMITERS = /\b(slowapi|flask[-_]limiter)\b/i;

/** The limiters of Python services: both libraries count in memory unless told where (`storage_uri`). */
export function pythonLimiters(repo: Repo): readonly (Place & { readonly keeps: 'memory' | 'shared' })[] {
  const folders = repo
    .find(MANIFEST)
    .filter((path) => repo.mentions(path, LIMITERS))
    .map(dirname);
  if (folders.length === 0) return [];
  const code = repo
    .find(/\.py$/)
    .filter((path) => folders.some((folder) => isInside(folder, path)) && !/(^|\/)tests?\//.test(path));
  return code.flatMap((path) => {
    const text = (repo.peek(path) ?? '').replace(/^\s*#.*$/gm, (line) => ' '.repeat(line.length));
    const name = /\b(?:from|import)\s+(slowapi|flask_limiter)\b/.exec(text)?.[1];
    const call = name === undefined ? null : /(?<!\w)Limiter\(([\s\S]*?)\n?\)\s*$/m.exec(text);
    if (!name || !call) return [];
    const keeps =
      /storage_uri\s*=(?!\s*['"]memory:)/.test(call[1] ?? '') || /RATELIMIT_STORAGE_UR[IL]/.test(text);
    return [{ path, at: call.index, name, keeps: keeps ? ('shared' as const) : ('memory' as const) }];
  });
}
