import type { Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { addAttributes, attributeValue, lineage, staticClass, type Tag } from '../../../../src/edit/tags.ts';
import { lastLineIn } from './component.ts';
import { disabledLook, quietHover } from './disabled-look.ts';
import type { Need } from './page-edit.ts';

const GOOGLE: Need = { file: 'lib/google-sign-in.ts', name: 'signInWithGoogle', isDefault: false };
const PROVIDER =
  /\b(Google|Apple|Discord|Facebook|GitHub|LinkedIn|Microsoft|Slack|Telegram|Twitter|WhatsApp)$/;

/** The edits of the buttons that offer another provider. */
export interface ProviderEdits {
  readonly spans: readonly Span[];
  readonly needs: readonly Need[];
}

/**
 * Google's button without a handler gets one where Google is set up; every other one that leads nowhere is disabled
 * and says so.
 */
export function providerEdits(text: string, tags: readonly Tag[], hasGoogle: boolean): ProviderEdits {
  const buttons = tags.filter(isOffer);
  const google = hasGoogle ? buttons.filter(({ words }) => /\bGoogle$/.test(words)) : [];
  const dead = buttons.filter((tag) => !google.includes(tag));
  return {
    spans: [
      ...google.flatMap((tag) => addAttributes(text, tag, ['type="button"', 'onClick={signInWithGoogle}'])),
      ...dead.flatMap((tag) => disabledSpans(text, tags, tag)),
    ],
    needs: google.length > 0 ? [GOOGLE] : [],
  };
}

/** Whether a button offers a provider and does nothing. */
export function isOffer(tag: Tag): boolean {
  const isIdle = ['onClick', 'disabled'].every((name) => attributeValue(tag, name) === undefined);
  return tag.name === 'button' && isIdle && !tag.hasSpread && PROVIDER.test(tag.words);
}

function disabledSpans(text: string, tags: readonly Tag[], tag: Tag): readonly Span[] {
  if (!tag.closing) return [];
  const words = tags.findLast((each) => each.name === 'span' && lineage(each).slice(1).includes(tag));
  const look = words && staticClass(text, words)?.value;
  const line = `<span${look === undefined ? '' : ` className="${look}"`}>Not available</span>`;
  const reason = (words && lastLineIn(text, tag, line)) ?? insertion(tag.closing.start, ' (not available)');
  return [
    ...addAttributes(text, tag, ['type="button"', 'disabled']),
    ...quietHover(text, tag),
    ...disabledLook(text, tag, 'disabled:cursor-not-allowed disabled:opacity-70'),
    reason,
  ];
}
