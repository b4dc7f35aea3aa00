import type { NextApp, Repo } from '../../../src/contract.ts';
import { attributeOf, jsxElements } from '../../../src/read/markup/markup.ts';

/** Words that every English page has, and no page of another language that is written in the same letters. */
const ENGLISH =
  /\b(?:the|your|with|and|you|this|please|sign|add|search|create|delete|loading|view|enter|no|to|of)\b/gi;
/** Words and letters of other languages that are common in what pages say. */
const OTHER =
  /\b(?:que|para|com|uma|el|los|las|con|por|und|der|die|das|nicht|mit|les|des|pour|avec|vous|votre|n\u00e3o|il|della|di|een|het|och|att|p\u00e5|ve|i\u00e7in|dan|yang|untuk|nie|si\u0119|jest|c\u1ee7a|v\u00e0)\b|[\u0370-\u1fff\u3000-\ud7ff]/giu;
/** Some translations are asked for by key: the words stand elsewhere. */
const TRANSLATES = /\buseTranslations?\(|\buseIntl\(|<FormattedMessage\b|<Trans\b|\buseLingui\(|\buseI18n\(/;

/** Whether the texts of an app's pages are English, as far as its markup tells. */
export function speaksEnglish(repo: Repo, app: NextApp): boolean {
  let english = 0;
  let other = 0;
  for (const path of app.files) {
    if (!/\.[jt]sx$/.test(path)) continue;
    const text = textsIn(repo, path);
    english += text.match(ENGLISH)?.length ?? 0;
    other += text.match(OTHER)?.length ?? 0;
    if (english + other > 2000) break;
  }
  return english > other * 4;
}

/** Whether a file takes its words from a catalog: one of its own in between would stay English in every language. */
export function isTranslated(repo: Repo, path: string): boolean {
  return repo.mentions(path, TRANSLATES);
}

function textsIn(repo: Repo, path: string): string {
  return jsxElements(repo, path)
    .flatMap((element) => [
      ...element.children.flatMap((child) => (child.kind === 'text' ? [child.text] : [])),
      ...['placeholder', 'title', 'alt', 'label'].flatMap((name) => {
        const attribute = attributeOf(element, name);
        return attribute?.kind === 'text' ? [attribute.value] : [];
      }),
    ])
    .join('\n');
}
