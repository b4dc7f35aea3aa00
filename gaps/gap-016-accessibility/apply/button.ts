import { addAttributes } from '../../../src/edit/tags.ts';
import type { JsxElement } from '../../../src/read/markup/markup.ts';
import { buttonName } from './button-name.ts';
import type { FileToMend } from './file.ts';
import type { Left, Mend } from './mend.ts';
import { labelAttribute } from './naming.ts';
import { nameInRow } from './row.ts';
import { tooltipAround } from './sibling-text.ts';

/** Names a button where its icon and what it does agree on a name. */
export function mendButton(file: FileToMend, button: JsxElement): Mend | Left {
  const tag = file.tagAt(button.start);
  const name = buttonName(file, button);
  if (!tag || name.kind === 'unsettled')
    return { left: name.kind === 'unsettled' ? (name.suggestion ?? '') : '' };
  // A tooltip speaks the language of the page; the table speaks English.
  const isOwn = tooltipAround(button) !== undefined;
  if (!isOwn && !file.speech.isEnglish()) return { left: name.kind === 'words' ? name.words : '' };
  if (!file.takesLabel(button)) return { left: name.kind === 'words' ? name.words : '' };
  const told = isOwn ? name : nameInRow(file, button, name);
  if (told.kind === 'unsettled') return { left: told.suggestion ?? '' };
  return { spans: addAttributes(file.text, tag, [labelAttribute(told, file.quote)]) };
}
