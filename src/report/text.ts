import type { ReportDocument } from './document.ts';
import { auditText } from './text/audit.ts';
import { doctorText, explainText, listText } from './text/facts.ts';
import { applyText, planText } from './text/plan.ts';
import { errorText, historyText, recoverText, undoText } from './text/runs.ts';
import { verifyText } from './text/verify.ts';
import type { View } from './view.ts';

/** A document for a person: statuses in words and symbols, places to click, the next command last. */
export function renderText(document: ReportDocument, view: View): string {
  return `${linesOf(document, view).join('\n')}\n`;
}

function linesOf(document: ReportDocument, view: View): readonly string[] {
  switch (document.command) {
    case 'audit':
      return auditText(document, view);
    case 'list':
      return listText(document, view);
    case 'explain':
      return explainText(document, view);
    case 'plan':
      return planText(document, view);
    case 'apply':
      return applyText(document, view);
    case 'verify':
      return verifyText(document, view);
    case 'undo':
      return undoText(document, view);
    case 'history':
      return historyText(document, view);
    case 'recover':
      return recoverText(document, view);
    case 'doctor':
      return doctorText(document, view);
    case 'error':
      return errorText(document, view);
  }
}
