import type { Edit, Finding, Fix, ManualStep } from '../../src/contract.ts';
import { splice } from '../../src/edit/spans.ts';
import { ignoreRuleFor } from '../../src/read/product/gitignore.ts';
import { runbookText } from './apply/runbook.ts';
import { scriptEdits } from './apply/scripts.ts';
import { imageEdits, pruneSpan, scriptSpans } from './apply/stack-edits.ts';
import type { Code } from './detect.ts';
import type { ReleaseStack } from './read/release-stack.ts';
import type { ReleaseState } from './read.ts';
import { FOLLOW, foreignSteps, stepsFor } from './steps.ts';
import { COMMON, ROLLBACK, RUNBOOK } from './tables.ts';

type Wanted = readonly Finding<Code>[];

/** Releases for the stack of a deploy script, and the document about them; exact steps for everything else. */
export function apply(state: ReleaseState, wanted: Wanted): Fix {
  const { repo, stack } = state;
  const isWanted = (code: Code, path?: string) =>
    wanted.some((each) => each.code === code && (path === undefined || each.path === path));
  const images = wanted.filter(({ code }) => code === 'image-overwritten');
  if (
    images.length === 0 ||
    'refused' in stack ||
    !stack.released.some(({ path }) => isWanted('image-overwritten', path))
  )
    return withPrunes(state, wanted, { edits: [], manual: stepsFor(state, leftOf(wanted, [])) });
  const tags = imageEdits(repo, stack);
  const conflict = [COMMON, ROLLBACK, RUNBOOK].find((path) => repo.occupied(path));
  if ('refused' in tags || conflict !== undefined) {
    const why = 'refused' in tags ? tags.refused : `${conflict} is there already`;
    return withPrunes(state, wanted, { edits: [], manual: stepsFor(state, leftOf(wanted, []), why) });
  }
  const hasDocument = isWanted('no-procedure');
  // A script that goes back is a procedure, too.
  const hasRollback = hasDocument || state.procedures.length > 0;
  const document: readonly Edit[] = hasDocument
    ? [{ kind: 'create', path: RUNBOOK, text: runbookText(state, stack) }]
    : [];
  const closed = wanted.filter(
    ({ code, path }) =>
      code === 'no-procedure' || (code === 'image-overwritten' && stack.script.files.includes(path)),
  );
  const fix = {
    edits: [...tags, ...scriptEdits(repo, stack, hasRollback), ...document],
    manual: [
      ...(hasDocument ? [FOLLOW, ...foreignSteps(state)] : []),
      ...hiddenSteps(state, [COMMON, ...(hasRollback ? [ROLLBACK] : []), ...(hasDocument ? [RUNBOOK] : [])]),
      ...stepsFor(state, leftOf(wanted, closed)),
    ],
    alsoChanges: [
      `Lets ${stack.script.path} wait until the containers work, and start the release before again where they do not.`,
    ],
  };
  return withPrunes(state, wanted, fix, stack);
}

/** What steps have to be given for: all that no edit closes. */
function leftOf(wanted: Wanted, closed: Wanted): Wanted {
  return wanted.filter((each) => !closed.includes(each) && each.code !== 'releases-pruned');
}

/** The deploy script is edited once, whatever is changed in it. */
function withPrunes(state: ReleaseState, wanted: Wanted, fix: Fix, released?: ReleaseStack): Fix {
  const { repo, pruned, stack } = state;
  const project = 'refused' in stack ? undefined : stack.project;
  const spared = pruned.filter(({ path, at }) =>
    wanted.some((each) => each.code === 'releases-pruned' && each.path === path && each.at === at),
  );
  const own = released?.script;
  const paths = [...new Set([...(own ? [own.path] : []), ...spared.map(({ path }) => path)])];
  const isWritten = (path: string) => fix.edits.some((edit) => edit.path === path);
  const edits = paths.map((path) =>
    splice(repo, path, [
      ...(own?.path === path ? scriptSpans(repo, own, isWritten(RUNBOOK) ? RUNBOOK : COMMON) : []),
      ...spared.filter((each) => each.path === path).map((each) => pruneSpan(each, project)),
    ]),
  );
  return { ...fix, edits: [...fix.edits, ...edits] };
}

/** What git would leave out is not deployed. */
function hiddenSteps({ repo }: ReleaseState, paths: readonly string[]): readonly ManualStep[] {
  return paths.flatMap((path) => {
    const rule = ignoreRuleFor(repo, path);
    if (!rule) return [];
    return [
      {
        title: `Commit ${path} with git add --force: ${rule.path}:${rule.line} (${rule.pattern}) hides it`,
        why: 'The rule is there for other files, and only you know which.',
        seenBy: `git ls-files ${path} names it.`,
      },
    ];
  });
}
