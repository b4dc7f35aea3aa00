import type { ReportDocument } from '../report/document.ts';

/** What a command leaves: the one document to report, and the exit code. No command prints its result itself. */
export interface Outcome {
  readonly document: ReportDocument;
  readonly exitCode: number;
}
