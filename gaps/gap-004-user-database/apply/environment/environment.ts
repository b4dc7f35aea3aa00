import type { Edit, Fix, Repo } from '../../../../src/contract.ts';
import { addVariable } from '../../../../src/edit/dotenv.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { appendBlock } from '../../../../src/edit/text.ts';
import { documentOf, envFileValues } from '../../../../src/read/deploy/env-file.ts';
import type { Answer } from '../../../../src/read/deploy/service-environment.ts';
import type { Blank } from '../../read/blank-environment.ts';
import { blankLineEdits } from './blank-lines.ts';
import type { Deployment } from './deploy-checks.ts';
import { envFileEdits } from './env-file-option.ts';
import { changedStep, elsewhereSteps, guardSteps, optionStep, secretSteps } from './environment-steps.ts';
import { filledNames } from './old-file-check.ts';
import { missingNames } from './stack-names.ts';

/**
 * Lets the deployed stack have its environment: the env file is named where Compose is called, or, where that cannot
 * be edited, the lines go that lay a blank over it. A person gets the exact step where neither can be done.
 */
export function environmentFix(repo: Repo, blanks: readonly Blank[], deployment: Deployment): Fix {
  const stacks = new Set(blanks.map(({ deployed }) => deployed.path));
  const fixes = [...stacks].map((path) =>
    stackFix(
      repo,
      blanks.filter(({ deployed }) => deployed.path === path),
      deployment,
    ),
  );
  return {
    edits: fixes.flatMap(({ edits }) => edits),
    manual: fixes.flatMap(({ manual = [] }) => manual),
  };
}

function stackFix(repo: Repo, blanks: readonly Blank[], deployment: Deployment): Fix {
  const [first] = blanks;
  if (!first) return { edits: [] };
  const lost = onlyInOldFile(repo, blanks);
  const named = lost.length === 0 ? envFileEdits(repo, blanks, deployment) : undefined;
  if (named)
    return {
      edits: [...named.edits, ...exampleEdits(repo, blanks)],
      manual: [
        changedStep(repo, blanks, named.guarded, deployment),
        ...guardSteps(repo, blanks, named.unguarded, deployment),
        ...elsewhereSteps(repo, blanks),
      ],
    };
  const removed = blankLineEdits(repo, blanks);
  return removed
    ? { edits: removed, manual: secretSteps(repo, blanks) }
    : { edits: [], manual: [optionStep(blanks, lost)] };
}

/** What the stack takes from the file that is read today and that the other one does not name. */
function onlyInOldFile(repo: Repo, blanks: readonly Blank[]): readonly string[] {
  const names = new Set<string>();
  for (const { deployed, file } of blanks) {
    const instead = documentOf(repo, file);
    const known = envFileValues(instead === undefined ? '' : repo.text(instead));
    for (const name of filledNames(repo.text(deployed.path))) {
      const found = deployed.project.find(name);
      const isRead = found.kind === 'value' && !deployed.commands.some(({ script }) => script === found.from);
      if (isRead && !known.has(name)) names.add(name);
    }
  }
  return [...names];
}

/** What the build, or the stack, takes from the file from now on, and that no example names. */
function exampleEdits(repo: Repo, blanks: readonly Blank[]): readonly Edit[] {
  const [first] = blanks;
  const path = first && documentOf(repo, first.file);
  if (!first || path === undefined || !/\.(example|sample|template)$/.test(path)) return [];
  const text = repo.text(path);
  const names = blanks.flatMap(({ deployed }) => [...deployed.arguments.values()].flatMap(namesIn));
  const spans = [...new Set(names)].flatMap((name) => {
    const comment = 'The build of the image takes it from here.';
    const outcome = addVariable(text, { name, value: '', comment, after: name.replace(/^NEXT_PUBLIC_/, '') });
    return 'spans' in outcome ? outcome.spans : [];
  });
  const block = missingNames(repo, blanks, text, names);
  const appended =
    block === undefined ? undefined : appendBlock(text, /\n[ \t]*\n/.test(text) ? `\n${block}` : block);
  const all = [...spans, ...(appended && 'spans' in appended ? appended.spans : [])];
  return all.length > 0 ? [splice(repo, path, all)] : [];
}

function namesIn(answer: Answer): readonly string[] {
  return answer.kind === 'blank' ? answer.names : [];
}
