import type { ReportDocument } from './document.ts';
import type { View } from './view.ts';

/** Turns a document into text. Pure; only the text reporter cares how it is looked at. */
export type Reporter = (document: ReportDocument, view: View) => string;

/** Every reporter by the name that `--reporter` takes; each is loaded when it is asked for. */
export const reporters = {
  text: async (): Promise<Reporter> => (await import('./text.ts')).renderText,
  json: async (): Promise<Reporter> => (await import('./json.ts')).renderJson,
  sarif: async (): Promise<Reporter> => (await import('./ci/sarif.ts')).renderSarif,
  junit: async (): Promise<Reporter> => (await import('./ci/junit.ts')).renderJunit,
  github: async (): Promise<Reporter> => (await import('./ci/github.ts')).renderGithub,
  markdown: async (): Promise<Reporter> => (await import('./markdown.ts')).renderMarkdown,
} as const;

export type ReporterName = keyof typeof reporters;

/** Whether there is a reporter of this name. */
export function isReporterName(name: string): name is ReporterName {
  return Object.hasOwn(reporters, name);
}
