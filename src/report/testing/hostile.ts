import type { ReportDocument } from '../document.ts';

/** Fields that the tool itself fills; everything else may hold what a repository says. */
const OWN = new Set([
  'command',
  'status',
  'after',
  'priority',
  'fix',
  'change',
  'kind',
  'level',
  'verdict',
  'state',
  'outcome',
  'schemaVersion',
  'startedAt',
  'expires',
  'fingerprint',
  'id',
  'diff',
]);

/** The document with every text that could come from a target replaced. */
export function withTexts(document: ReportDocument, change: (text: string) => string): ReportDocument {
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return OWN.has(key) ? value : change(value);
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]));
  };
  return Object.assign({}, document, walk(document, ''));
}
