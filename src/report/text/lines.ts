import { visible } from '../../words/visible.ts';
import type { Tone } from '../colour.ts';
import type { ReportDocument } from '../document.ts';
import type { DocumentHead, HeadWithoutRepo } from '../document-head.ts';
import { nextCommand } from '../next.ts';
import type { View } from '../view.ts';
import { wrap } from '../width.ts';

/** Blocks of lines with one blank line between them; empty blocks vanish. */
export function blocks(...parts: readonly (readonly string[])[]): readonly string[] {
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}

/** Where a paragraph stands: its first line starts with `lead`, the others hang below. */
export interface Hang {
  readonly lead: string;
  readonly tone?: Tone;
}

const NARROWEST = 20;

/** Text of any origin, made harmless, wrapped to the terminal and painted. */
export function paragraph(text: string, { lead, tone }: Hang, { paint, columns }: View): readonly string[] {
  const width = columns === undefined ? Number.POSITIVE_INFINITY : Math.max(NARROWEST, columns - lead.length);
  return wrap(visible(text), width).map((line, index) => {
    const start = index === 0 ? lead : ' '.repeat(lead.length);
    return tone ? paint(tone, start + line) : start + line;
  });
}

/** `aims-fix 0.1.0 · A.I.M.S. @ 70e2523 · app frontend · Compose file infra/compose.yml`. */
export function heading({ tool, repo }: DocumentHead | HeadWithoutRepo, view: View): readonly string[] {
  if (view.quiet) return [];
  const parts = [`${tool.name} ${tool.version}`];
  if (repo) {
    parts.push(repo.commit === undefined ? repo.name : `${repo.name} @ ${repo.commit.slice(0, 7)}`);
    parts.push(...named(repo.apps, 'app'), ...named(repo.compose, 'Compose file'));
  }
  return paragraph(parts.join(' · '), { lead: '', tone: 'dim' }, view);
}

/** `app frontend`, `apps a, b`, `9 apps`. */
function named(folders: readonly string[], noun: string): readonly string[] {
  if (folders.length === 0) return [];
  if (folders.length > 2) return [`${folders.length} ${noun}s`];
  return [`${noun}${folders.length === 1 ? '' : 's'} ${folders.map((path) => path || '.').join(', ')}`];
}

/** `Next: aims-fix plan --gap …`, whole, so that it can be copied. */
export function nextLine(document: ReportDocument, view: View): readonly string[] {
  const command = view.quiet || view.asks ? undefined : nextCommand(document);
  return command === undefined ? [] : [`Next: ${view.paint('strong', visible(command))}`];
}

/** What it all comes to. */
export function totalLine(text: string, view: View): readonly string[] {
  return paragraph(text, { lead: '', tone: 'strong' }, view);
}
