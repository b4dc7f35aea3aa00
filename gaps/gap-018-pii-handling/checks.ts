import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { findPersons } from './persons.ts';
import { processorsOf } from './processors.ts';

const PROSE = /\.(mdx?|rst|adoc|txt)$/i;
const PAGE = /(?:privacy|datenschutz|gdpr|polic|legal)[^.]*\.(?:[jt]sx|html?|astro|vue|svelte)$/i;
const OTHERS = /node_modules|fixtures|CHANGELOG|(^|\/)(components|\.[\w-]+)\//i;

/** From the names of those outside to documents, where detect goes from documents to names. */
export function checksOf(repo: Repo): readonly Check[] {
  if (!findPersons(repo)) return [];
  const title = 'One document about personal data names everybody outside who is handed some';
  return [{ title, level: 'static', run: () => namesAll(repo) }];
}

function namesAll(repo: Repo): Verdict {
  const names = processorsOf(repo).map(({ name }) => name.replace(/^Google /, '').toLowerCase());
  const path = repo.files.find((each) => {
    if (OTHERS.test(each) || !(PROSE.test(each) || isOwnPage(repo, each))) return false;
    const text = (repo.peek(each) ?? '').toLowerCase();
    return (
      isAboutPersons(text) &&
      names.every((name) => text.includes(name) || (name === 'gemini' && text.includes('google')))
    );
  });
  if (path === undefined)
    return {
      verdict: 'fail',
      reason: `no document about personal data names all of ${names.join(', ') || 'what is held'}`,
    };
  return {
    verdict: 'pass',
    evidence: [
      { subject: path, observed: `names ${names.join(', ') || 'nobody outside, and there is nobody'}` },
    ],
  };
}

function isOwnPage(repo: Repo, path: string): boolean {
  const { apps } = repo.layout;
  return PAGE.test(path) && (apps.length === 0 || apps.some(({ files }) => files.includes(path)));
}

function isAboutPersons(text: string): boolean {
  if (!/personal (data|information)|\bpii\b|privacy|personally identifiable/.test(text)) return false;
  const isForm =
    text.includes('lorem ipsum') ||
    (text.match(/\btbd\b|\[(?:name|date|your|company|e-?mail)[^\]]*\]/g)?.length ?? 0) > 2;
  const isAudit = new Set(text.match(/gap-\d+/g)).size > 4;
  const isFull =
    text.length > 200 &&
    /delet|eras|export|right to|request|remov/.test(text) &&
    /e-?mail|name|address/.test(text);
  return isFull && !isForm && !isAudit;
}
