import type { ReportDocument } from './document.ts';
import { applyMarkdown, planMarkdown, verifyMarkdown } from './markdown/changes.ts';
import {
  auditMarkdown,
  doctorMarkdown,
  errorMarkdown,
  explainMarkdown,
  historyMarkdown,
  listMarkdown,
  recoverMarkdown,
  undoMarkdown,
} from './markdown/facts.ts';

/** A document for a pull request, an issue or a job summary (GitHub-flavoured Markdown). */
export function renderMarkdown(document: ReportDocument): string {
  return `${linesOf(document).join('\n')}\n`;
}

function linesOf(document: ReportDocument): readonly string[] {
  switch (document.command) {
    case 'audit':
      return auditMarkdown(document);
    case 'list':
      return listMarkdown(document);
    case 'explain':
      return explainMarkdown(document);
    case 'plan':
      return planMarkdown(document);
    case 'apply':
      return applyMarkdown(document);
    case 'verify':
      return verifyMarkdown(document);
    case 'undo':
      return undoMarkdown(document);
    case 'history':
      return historyMarkdown(document);
    case 'recover':
      return recoverMarkdown(document);
    case 'doctor':
      return doctorMarkdown(document);
    case 'error':
      return errorMarkdown(document);
  }
}
