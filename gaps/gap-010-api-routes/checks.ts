import type { Check, NextApp, Repo, Verdict } from '../../src/contract.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { resolveImport } from '../../src/read/code/imports.ts';
import { type RouteHandlers, routeHandlers } from '../../src/read/next/next-routes.ts';
import { findSignIn } from '../../src/read/sign-in/sign-in.ts';
import { isRunbooks, NAMED } from './lacks.ts';
import { saysStub } from './stubs.ts';

interface Place {
  readonly app: NextApp;
  readonly route: RouteHandlers;
}

/** Whole files, read as text: the route's own and those it imports. Detect follows the names a handler uses. */
export function checksOf(repo: Repo): readonly Check[] {
  const all: readonly Place[] = repo.layout.apps.flatMap((app) =>
    routeHandlers(repo, app).map((route) => ({ app, route })),
  );
  if (all.length === 0) return [];
  const named = all.filter((place) => NAMED.has(place.route.url) && own(repo, place).includes('('));
  const hasNamed = isRunbooks(all.map(({ route }) => route.url));
  if (!hasNamed)
    return [
      check('No route file says that it is not implemented or mocked', all, (place) => stub(repo, place)),
      check('No route file deletes or changes records without a word about who may', all, (place) =>
        isOpenToAll(repo, place) ? 'changes records for whoever asks' : undefined,
      ),
    ];
  return [
    check('Something in each named route, or in front of it, can answer 401', named, (p) =>
      stranger(repo, p),
    ),
    check('Each named route that reads a body refuses a wrong one', named, (p) => body(repo, p)),
    check('Each named route passes on what its upstream says now, failures included', named, (p) =>
      upstream(repo, p),
    ),
    check('Each named route does what its name promises', named, (p) => promise(repo, p)),
  ];
}

function check(title: string, places: readonly Place[], fault: (place: Place) => string | undefined): Check {
  return {
    title,
    level: 'static',
    run: (): Verdict => {
      const faults = places.flatMap((place) => {
        const found = fault(place);
        return found === undefined ? [] : [`${place.route.url} ${found}`];
      });
      if (faults.length > 0) return { verdict: 'fail', reason: faults.join('; ') };
      return {
        verdict: 'pass',
        evidence: places.map(({ route }) => ({ subject: route.path, observed: 'nothing amiss' })),
      };
    },
  };
}

/** The route's file, and what it exports again. */
function own(repo: Repo, { app, route }: Place): string {
  const text = repo.peek(route.path) ?? '';
  const again = [...text.matchAll(/^export\b[^;'"]*\bfrom\s*['"]([^'"]+)['"]/gm)].map(([, from = '']) =>
    resolveImport(repo, app, route.path, from),
  );
  const texts = again.map((path) => (path === undefined ? '' : (repo.peek(path) ?? '')));
  return blankComments([text, ...texts].join('\n'));
}

/** The route's text with the texts of the files it imports, and theirs. */
function around(repo: Repo, { app, route }: Place): string {
  const reached = new Set([route.path]);
  for (let hop = 0; hop < 2; hop += 1)
    for (const path of [...reached])
      for (const [, from = ''] of (repo.peek(path) ?? '').matchAll(/\bfrom\s*['"]([^'"]+)['"]/g)) {
        const target = resolveImport(repo, app, path, from);
        if (target !== undefined) reached.add(target);
      }
  return [...reached].map((path) => withoutComments(repo, path)).join('\n');
}

function stranger(repo: Repo, place: Place): string | undefined {
  const { middlewarePath } = place.app;
  const front = middlewarePath === undefined ? '' : (repo.peek(middlewarePath) ?? '');
  const text = around(repo, place);
  const asks = /(?:session|auth|user|token|cookies|owner|admin)\w*\(/i;
  const refuses = /40[13]|unauthori|throw|redirect/i;
  const inFront = !/\(\?!\/?api/.test(front) && /\b\w*(?:auth|session|token|clerk)\w*\(/i.test(front);
  const isShut = (asks.test(text) && refuses.test(text)) || inFront;
  return isShut ? undefined : 'answers whoever asks';
}

/** The words of the file and of what stands in front of it; only where people sign in at all. */
function isOpenToAll(repo: Repo, { app, route }: Place): boolean {
  const text = withoutComments(repo, route.path);
  const changes = /\bexport\b[^\n]*\b(?:PUT|PATCH|DELETE)\b/.test(text);
  const touches = /\.(?:save|update\w*|delete\w*|findByIdAnd\w+|findOneAnd\w+)\(|DELETE FROM|UPDATE \w+ SET/;
  const asks =
    /session|auth(?!or)|cookie|header|secret|token|key|user\(|verif|protect|guard|require(?!d)|role|owner/i;
  const hasMiddleware = app.middlewarePath !== undefined && asks.test(repo.peek(app.middlewarePath) ?? '');
  return (
    changes && touches.test(text) && !asks.test(text) && !hasMiddleware && findSignIn(repo, app) !== undefined
  );
}

function body(repo: Repo, place: Place): string | undefined {
  const text = own(repo, place);
  if (/\$\{\s*\w+\s*\}&\w+=\$\{\s*\w+\s*\}/.test(text)) return 'puts query parameters into a url as text';
  if (!/\breq\w*\.(json|formData|text)\(|\breq\.body\b/i.test(text)) return undefined;
  return /schema|validat|safeParse|\.parse\(|parse[A-Z]\w*\(/i.test(text) ? undefined : 'takes any body';
}

function upstream(repo: Repo, place: Place): string | undefined {
  const text = own(repo, place);
  if (!/\bfetch\(/.test(text)) return undefined;
  if (!/\.ok\b|\.status\b/.test(text)) return 'does not look at the status of its upstream';
  return /allback/.test(text) ? 'has a ready-made answer for when its upstream fails' : undefined;
}

function promise(repo: Repo, place: Place): string | undefined {
  const text = own(repo, place);
  if (saysStub(text)) return 'is a stub by its own words';
  if (place.route.url === '/api/admin/api-keys' && !/\b(POST|PUT|PATCH|DELETE)\b/.test(text))
    return 'manages nothing: it can only be read';
  if (place.route.url === '/api/invite' && !/token|\bdb\b|prisma|insert|create/i.test(around(repo, place)))
    return 'keeps no record of an invitation';
  return undefined;
}

function stub(repo: Repo, place: Place): string | undefined {
  return saysStub(own(repo, place)) ? 'is a stub by its own words' : undefined;
}
