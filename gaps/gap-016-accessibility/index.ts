import { defineGap } from '../../src/contract.ts';
import { apply } from './apply.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

export default defineGap({
  meta: {
    id: 'GAP-016',
    slug: 'accessibility',
    title: 'Accessibility audit (ARIA attributes)',
    problem: 'Controls without a name, fields without a label and clicks without a key shut people out.',
    looksFor:
      'Icon-only buttons without a name, fields without a label, elements that only a mouse can operate, images without alt, pages without a language.',
    category: 'Frontend',
    priority: 'P3',
    effort: '2 hr',
    fix: 'automatic',
    requires: [],
    writes: ['**/*.{tsx,jsx,js}', '**/lib/press-on-key.{ts,js}', '**/hooks/useDialog.{ts,js}'],
    messages: {
      'unnamed-button': 'This <{{element}}> shows only an icon and has no accessible name.',
      'title-only-button': {
        text: 'This <{{element}}> is named by its title alone, which touch and most keyboards never show.',
        kind: 'note',
      },
      'unlabelled-field': 'This <{{element}}> has no label that assistive technology can find.',
      'mouse-only-control': 'This <{{element}}> reacts to a click and to no key, and says no role.',
      'role-without-keys': 'This <{{element}}> says that it is a {{role}}, and reacts to no key.',
      'image-without-alt': 'This <{{element}}> has no alt text.',
      'page-without-language': 'This <{{element}}> does not say in which language its pages are.',
    },
    references: [
      'https://www.w3.org/TR/WCAG22/#name-role-value',
      'https://www.w3.org/TR/WCAG22/#keyboard',
      'https://www.w3.org/TR/WCAG22/#language-of-page',
      'https://www.w3.org/TR/accname-1.2/',
      'https://www.w3.org/WAI/WCAG22/Techniques/failures/F82',
    ],
  },

  // The findings of a file about clicks go together: a backdrop and the dialog on it are one.
  unitOf: ({ code, path, data }) =>
    code === 'mouse-only-control' ? `clicks ${path}` : JSON.stringify([code, path, data]),
  read,
  detect,
  apply,
  verify,
});
