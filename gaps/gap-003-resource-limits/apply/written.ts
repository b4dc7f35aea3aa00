import type { YamlEntries, YamlValue } from '../../../src/edit/yaml-entry.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { Fields } from '../amounts.ts';

/** Values as they are to stand in a file: CPUs in the quotes that the file has around them. */
export function written(entries: Fields, text: string): YamlEntries {
  const quote = quoteOf(text);
  const writtenValue = (key: string, value: unknown): YamlValue =>
    typeof value === 'object' && value !== null ? writtenEntries(asRecord(value)) : scalar(key, value, quote);
  const writtenEntries = (values: Fields): YamlEntries =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, writtenValue(key, value)]));
  return writtenEntries(entries);
}

/** That of CPUs, then that of most texts. */
function quoteOf(text: string): string {
  const own = /^[ \t]*cpus:[ \t]*(["']?)[\d$]/m.exec(text)?.[1];
  if (own !== undefined) return own;
  const count = (quote: string) => text.split(quote).length;
  return count('"') > count("'") ? '"' : "'";
}

function scalar(key: string, value: unknown, quote: string): string {
  const text = String(value);
  if (key === 'cpus') return `${quote}${text}${quote}`;
  if (typeof value === 'number' || /^[A-Za-z\d.]*[A-Za-z]$|^\$\{[\w:?-]+\}$/.test(text)) return text;
  const sure = quote === '' ? "'" : quote;
  return `${sure}${text}${sure}`;
}
