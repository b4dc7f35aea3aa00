import type { Edit, Finding, Fix, Span } from '../../src/contract.ts';
import { besides } from '../../src/edit/also-changes.ts';
import { insertion } from '../../src/edit/outcome.ts';
import { splice } from '../../src/edit/spans.ts';
import { indentOf, lineStart, styleOf } from '../../src/edit/ts-file.ts';
import { monitorEdits } from './apply/monitors.ts';
import { prometheusEdits, prometheusStep } from './apply/prometheus.ts';
import { dynamicSpan, readyEdits, sparedSpans } from './apply/route-edits.ts';
import type { Code } from './detect.ts';
import type { MonitorOptions } from './options.ts';
import type { LimitedHealth } from './read/limited-health.ts';
import type { MonitoringState } from './read.ts';
import { accountSteps, elsewhereSteps, stepsFor } from './steps.ts';
import { MONITORS, OWN_STACK, SCRIPT } from './tables.ts';

type Wanted = readonly Finding<Code>[];

/** Monitors as code with something true to ask, and probes that see what is there. */
export function apply(state: MonitoringState, wanted: Wanted, options: MonitorOptions): Fix {
  const isOf = (...codes: readonly Code[]) => wanted.filter(({ code }) => codes.includes(code));
  const unwatched = isOf('no-monitor', 'idle-monitor');
  const isFree = [MONITORS, SCRIPT].every((path) => !state.repo.occupied(path));
  const monitors = unwatched.length > 0 && isFree;
  const own = monitors && options.prometheus && !state.repo.occupied(OWN_STACK);
  const edits = [
    ...(monitors ? watchingEdits(state, own) : []),
    ...splices(state, [...(monitors ? sparing(state) : []), ...mended(state, wanted)]),
  ];
  return {
    edits,
    ...besides(edits, [
      [
        /middleware\.[cm]?[jt]s$/,
        'Lets monitors past {{path}} to the route that says whether visitors can be served.',
      ],
    ]),
    manual: [
      ...(monitors ? accountSteps(state) : []),
      ...(own ? [prometheusStep(state.repo)] : []),
      ...(wanted.length > 0 ? elsewhereSteps(state) : []),
      ...stepsFor(
        state,
        monitors ? isOf('idle-monitor', 'rare-monitor') : isOf('no-monitor', 'idle-monitor', 'rare-monitor'),
      ),
    ],
  };
}

function watchingEdits({ repo, watched }: MonitoringState, own: boolean): readonly Edit[] {
  const ready = watched && watched.backends.length > 0 ? readyEdits(repo, watched.app, watched.backends) : [];
  const hasReady = ready.length > 0;
  return [...ready, ...monitorEdits(repo, hasReady), ...(own ? prometheusEdits(repo, hasReady) : [])];
}

interface Part {
  readonly path: string;
  readonly spans: readonly Span[];
}

function sparing({ repo, watched }: MonitoringState): readonly Part[] {
  const spared = watched && watched.backends.length > 0 ? sparedSpans(repo, watched.app) : undefined;
  return spared ? [spared] : [];
}

/** What would mislead whoever watches. */
function mended(state: MonitoringState, wanted: Wanted): readonly Part[] {
  const { repo, frozen, broken, limited, blocked } = state;
  const isWanted = (code: Code, { path, at }: { readonly path: string; readonly at: number }) =>
    wanted.some((each) => each.code === code && each.path === path && each.at === at);
  return [
    ...frozen
      .filter((each) => isWanted('frozen-health', each))
      .map((each) => ({ path: each.path, spans: [dynamicSpan(repo, each)] })),
    ...broken
      .filter((each) => isWanted('broken-probe', each))
      .map(({ path, counts }) => ({
        path,
        spans: counts.map(({ start, end, name }) => ({ start, end, text: `${name}=$((${name} + 1))` })),
      })),
    ...blocked
      .filter((each) => isWanted('blocked-probe', each))
      .map(({ path, at, word, url }) => ({
        path,
        spans: [insertion(at + word.length - 1, url)],
      })),
    ...limited
      .filter((each) => isWanted('limited-health', each))
      .map((each) => ({ path: each.path, spans: [skipSpan(repo.text(each.path), each)] })),
  ];
}

/** The first option of the limit, in the style of the next one. */
function skipSpan(text: string, { options, url }: LimitedHealth): Span {
  const { quote: q } = styleOf(text);
  const skip = `skip: (req) => req.path === ${q}${url}${q},`;
  const next = /\S/.exec(text.slice(options))?.index ?? 0;
  const isInline = !text.slice(options, options + next).includes('\n');
  if (isInline) return insertion(options, ` ${skip}`);
  const line = lineStart(text, options + next);
  const indent = indentOf(text, options + next);
  return insertion(
    line,
    `${indent}// Probes and monitors must not use up what visitors have.\n${indent}${skip}\n`,
  );
}

/** Each file is edited once. */
function splices({ repo }: MonitoringState, parts: readonly Part[]): readonly Edit[] {
  return [...new Set(parts.map(({ path }) => path))].map((path) =>
    splice(
      repo,
      path,
      parts.flatMap((part) => (part.path === path ? part.spans : [])),
    ),
  );
}
