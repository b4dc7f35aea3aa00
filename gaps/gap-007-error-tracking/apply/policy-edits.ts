import type { Repo, SourceModule, Span } from '../../../src/contract.ts';
import { insertion, type Spans } from '../../../src/edit/outcome.ts';
import { styleOf } from '../../../src/edit/ts-file.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { assembledPolicies, closedPolicies, hasTunnel } from '../read/page-policies.ts';
import type { Tracking } from '../read/tracking.ts';
import { assembledStep, policyStep } from '../steps.ts';
import type { Change } from './changes.ts';

const NAME = 'REPORT_SOURCE';
/** As the gap's `writes` have it. */
const POLICY_FILE =
  /(^|\/)(middleware|proxy)\.[jt]s$|(csp|polic|security|header)[^/]*\.[jt]s$|(^|\/)security\/[^/]+\.[jt]s$/;

/**
 * Every policy that running code writes lets the browser reach the host of the DSN, and no other: `*.sentry.io`
 * would let anybody's project receive what the page sends, and would miss a Sentry of one's own.
 */
export function policyChanges(repo: Repo, { app, base }: Tracking): readonly Change[] {
  if (hasTunnel(repo, base)) return [];
  const places = closedPolicies(repo, app, base, () => false);
  const assembled = assembledPolicies(repo, app, base).map((path) => ({ manual: [assembledStep(path)] }));
  const written = [...new Set(places.map(({ path }) => path))].map((path): Change => {
    const starts = places.filter((each) => each.path === path).map(({ at }) => at);
    const isKnown = path !== app.configPath && POLICY_FILE.test(path);
    const outcome = isKnown
      ? policySpans(repo.module(path), starts)
      : { refused: 'it is no file for policies' };
    return 'refused' in outcome
      ? { manual: [policyStep(path)] }
      : { patches: [{ path, spans: outcome.spans }] };
  });
  return [...written, ...assembled];
}

/** Files outside of the code that write a policy: a proxy's, a host's. */
export function foreignPolicyChanges(repo: Repo): readonly Change[] {
  return repo
    .find(
      /(^|\/)(nginx[\w./-]*\.(conf|template)|[\w.-]+\.conf(\.template)?|Caddyfile|vercel\.json|_headers)$/,
    )
    .filter((path) => repo.mentions(path, /connect-src\s/))
    .map((path) => ({ manual: [policyStep(path)] }));
}

function policySpans(module: SourceModule, starts: readonly number[]): Spans {
  if (/\bREPORTS?_(?:TO|SOURCE)\b/.test(module.text)) return { refused: 'a name is taken' };
  const spans: Span[] = [];
  for (const at of starts) {
    const made = directiveSpans(module, at);
    if (!made) return { refused: 'a policy is not written as one text' };
    spans.push(...made);
  }
  return { spans: [originSpan(module), ...spans] };
}

/** Written out in the file itself: the edge runs it, and a file that imports nothing stays so. */
function originSpan({ text, program }: SourceModule): Span {
  const { quote, semicolon } = styleOf(text);
  const lines = [
    '// The browser sends error reports to the host of the DSN. Without a DSN, the policy stays as it is.',
    `const REPORTS_TO = /^(https?:\\/\\/)[\\w:]+@([\\w.:-]+)\\//.exec(process.env.NEXT_PUBLIC_SENTRY_DSN ?? ${quote}${quote})${semicolon}`,
    `const ${NAME} = REPORTS_TO ? \` \${REPORTS_TO[1]}\${REPORTS_TO[2]}\` : ${quote}${quote}${semicolon}`,
  ];
  const last = program.body.findLast(({ type }) => type === 'ImportDeclaration');
  const end = last ? text.indexOf('\n', last.end) : -1;
  if (end !== -1) return insertion(end + 1, `\n${lines.join('\n')}\n`);
  const first = /^(?:(?:\s*\/\/[^\n]*|\s*(['"])use \w+\1;?)\n)*\n?/.exec(text)?.[0].length ?? 0;
  return insertion(first, `${lines.join('\n')}\n\n`);
}

/** The string around the directive becomes a template, and the origin its last source. */
function directiveSpans(module: SourceModule, at: number): readonly Span[] | undefined {
  const { text } = module;
  if (text.startsWith('default-src', at)) return undefined;
  const key = /^['"]?(?:connect-src['"]|connectSrc)\s*:\s*/.exec(text.slice(at));
  const start = at + (key?.[0].length ?? 0);
  const around = stringAt(module, start);
  if (!around) return undefined;
  const inner = key ? around.start + 1 : start;
  const rest = text.slice(inner, around.end - 1);
  const end = inner + (rest.split(';', 1)[0] ?? '').trimEnd().length;
  if (/'none'/.test(text.slice(inner, end))) return undefined;
  const source = insertion(end, `\${${NAME}}`);
  if (around.isTemplate) return [source];
  if (/[`\\]|\$\{/.test(text.slice(around.start, around.end))) return undefined;
  return [
    { start: around.start, end: around.start + 1, text: '`' },
    source,
    { start: around.end - 1, end: around.end, text: '`' },
  ];
}

interface Quoted {
  readonly start: number;
  readonly end: number;
  readonly isTemplate: boolean;
}

function stringAt(module: SourceModule, at: number): Quoted | undefined {
  let found: Quoted | undefined;
  const take = (node: { readonly start: number; readonly end: number }, isTemplate: boolean) => {
    if (node.start <= at && at < node.end) found = { start: node.start, end: node.end, isTemplate };
  };
  walk(module, {
    Literal: (node) => {
      if (typeof node.value === 'string') take(node, false);
    },
    TemplateLiteral: (node) => take(node, true),
  });
  return found;
}
