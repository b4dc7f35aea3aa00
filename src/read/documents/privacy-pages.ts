import { oncePer } from '../../repo/once.ts';
import type { Repo } from '../../repo/repo.ts';
import { isMaterial } from '../../repo/standing.ts';
import { jsxElements } from '../markup/markup.ts';

/** A page of a site about privacy. */
export interface PrivacyPage {
  readonly path: string;
  readonly source: string;
  /** The words are translations, or come from somewhere else than this file. */
  readonly isBare: boolean;
}

const NAMED =
  /(^|\/)(?:privacy|datenschutz|data-?protection|gdpr)[\w-]*(?:\/(?:page|index))?\.(?:[jt]sx|mdx?|html?|astro|vue|svelte)$/i;
const MAYBE =
  /(^|\/)[\w-]*(?:privacy|polic(?:y|ies)|legal)[\w-]*(?:\/(?:page|index))?\.(?:[jt]sx|html?|astro|vue|svelte)$/i;
const MAIL = /(^|\/)emails?\//i;
/** Where people set what others see of them. */
const SETTINGS = /(^|\/)(?:settings|preferences|account|profile|dashboard|admin)\//i;
const PARTS = /(^|\/)components\//i;
const LEAST_WORDS = 40;

/** Pages that are called so, and those that call themselves a privacy policy whatever their path. */
export const privacyPages = oncePer((repo: Repo): readonly PrivacyPage[] => {
  const maybe = repo.find(MAYBE);
  return maybe
    .concat(repo.find(NAMED).filter((path) => !maybe.includes(path)))
    .filter((path) => !isMaterial(path) && !MAIL.test(path) && !SETTINGS.test(path) && isOurs(repo, path))
    .map((path) => ({ path, source: repo.peek(path) ?? '' }))
    .filter(({ path, source }) => (NAMED.test(path) && !PARTS.test(path)) || isPolicy(source))
    .map(({ path, source }) => ({
      path,
      source,
      isBare: /\.[jt]sx$/.test(path) && wordsIn(repo, path) < LEAST_WORDS,
    }));
});

/** The page of another front end beside the application is about that one. */
function isOurs(repo: Repo, path: string): boolean {
  const { apps } = repo.layout;
  return apps.length === 0 || !/\.[jt]sx$/.test(path) || apps.some(({ files }) => files.includes(path));
}

function isPolicy(source: string): boolean {
  return (
    /\bprivacy (?:policy|notice|statement)\b/i.test(source) &&
    /\bpersonal (?:data|information)\b/i.test(source)
  );
}

/** Words that stand in the markup itself. */
function wordsIn(repo: Repo, path: string): number {
  const texts = jsxElements(repo, path).flatMap(({ children }) =>
    children.flatMap((child) => (child.kind === 'text' ? [child.text] : [])),
  );
  return texts.join(' ').match(/\p{L}{2,}/gu)?.length ?? 0;
}
