import type { Edit, Finding, Fix } from '../../src/contract.ts';
import { splice } from '../../src/edit/spans.ts';
import { addAttributes } from '../../src/edit/tags.ts';
import type { JsxElement } from '../../src/read/markup/markup.ts';
import { mendButton } from './apply/button.ts';
import { mendClickable } from './apply/clickable.ts';
import { mendField } from './apply/field.ts';
import { type FileToMend, openFile } from './apply/file.ts';
import type { Left, Mend } from './apply/mend.ts';
import { helperFor, spansFor } from './apply/needs.ts';
import type { Code } from './detect.ts';
import type { Control } from './read/controls.ts';
import type { Controls } from './read.ts';
import { type LeftFinding, stepsFor } from './steps.ts';

/**
 * Names what the code names, ties labels to fields, and gives clicks their keys; what the code does not settle stays
 * for a person.
 */
export function apply(state: Controls, wanted: readonly Finding<Code>[]): Fix {
  const files = [...new Set(wanted.map(({ path }) => path))].map((path) =>
    mendFile(
      state,
      wanted.filter((finding) => finding.path === path),
    ),
  );
  const edits = files.flatMap((file) => file.edits);
  return {
    // Two files share a helper.
    edits: [...new Map(edits.map((edit) => [edit.path, edit])).values()],
    manual: stepsFor(
      state.repo,
      files.flatMap(({ left }) => left),
    ),
  };
}

interface MendedFile {
  readonly edits: readonly Edit[];
  readonly left: readonly LeftFinding[];
}

function mendFile({ repo, controls }: Controls, findings: readonly Finding<Code>[]): MendedFile {
  const own = findings.flatMap((finding) => {
    const control = controls.find((each) => each.path === finding.path && each.element.start === finding.at);
    return control && finding.code !== 'title-only-button' ? [{ finding, control }] : [];
  });
  const [first] = own;
  if (!first) return { edits: [], left: [] };
  const file = openFile(repo, first.control.app, first.finding.path);
  const mends: Mend[] = [];
  const left: LeftFinding[] = [];
  for (const { finding, control } of own) {
    const mend = mendOf(file, control);
    if ('left' in mend) left.push({ finding, suggestion: mend.left });
    else mends.push(mend);
  }
  const edits = mends.some(({ spans }) => spans.length > 0) ? editsFor(file, mends) : [];
  if ('refused' in edits)
    return { edits: [], left: own.map(({ finding }) => ({ finding, suggestion: edits.refused })) };
  return { edits, left };
}

function mendOf(file: FileToMend, control: Control): Mend | Left {
  const { element } = control;
  switch (control.kind) {
    case 'button':
      return mendButton(file, element);
    case 'field':
      return mendField(file, element);
    case 'clickable':
      return mendClickable(file, element, control.role);
    case 'document':
      return mendDocument(file, element);
    case 'image':
      return { left: '' };
  }
}

function mendDocument(file: FileToMend, { start }: JsxElement): Mend | Left {
  const tag = file.tagAt(start);
  if (!tag || !file.speech.isEnglish()) return { left: '' };
  return { spans: addAttributes(file.text, tag, ['lang="en"']) };
}

function editsFor(file: FileToMend, mends: readonly Mend[]): readonly Edit[] | { readonly refused: string } {
  const helpers: Edit[] = [];
  for (const need of new Set(mends.flatMap((mend) => mend.needs ?? []))) {
    const made = helperFor(file, need);
    if (!made) return { refused: `The place of ${need} is taken by something else` };
    helpers.push(...made);
  }
  const spans = spansFor(file, mends);
  return 'refused' in spans ? spans : [...helpers, splice(file.repo, file.path, spans)];
}
