import { MENU, MIC, SEARCH, SEND, SOUND, SQUARE, X } from './icon-words.ts';

/** What a button with two icons does, by which of them it shows while its state is set. */
export interface Switch {
  readonly set: RegExp;
  readonly unset: RegExp;
  /** The words of the state and of the handler. */
  readonly words: RegExp;
  readonly names: readonly [set: string, unset: string];
}

const MUTED = /^(?:mic off|microphone slash|microphone off|mic slash)$/;
const QUIET = /^(?:volume|volume off|volume mute|volume xmark|speaker slash|speaker off)(?: x| off| mute)?$/;

/** The first row that fits; what fits none is left to a person. */
export const SWITCHES_OF_STATE: readonly Switch[] = [
  { set: SQUARE, unset: SEND, words: /\bstop\b.{0,100}\b(?:send|submit)\b/, names: ['Stop', 'Send'] },
  {
    set: X,
    unset: MENU,
    words: /\b(?:menu|nav|navbar|sidebar|drawer|mobile|open)\b/,
    names: ['Close menu', 'Open menu'],
  },
  { set: X, unset: SEARCH, words: /\bsearch\b/, names: ['Close search', 'Open search'] },
  {
    set: X,
    unset: /^(?:message|message square|chat|comments?|chat bubble)(?: \w+)?$/,
    words: /\b(?:open|chat)\b/,
    names: ['Close chat', 'Open chat'],
  },
  {
    set: /^(?:eye|eye off|eye slash|eye closed|visibility|visibility off)$/,
    unset: /^(?:eye|eye off|eye slash|eye closed|visibility|visibility off)$/,
    words: /\bshow\b.{0,100}\bpassword\b|\bpassword visible\b/,
    names: ['Hide password', 'Show password'],
  },
  { set: SQUARE, unset: /^play$/, words: /\bplay(?:ing)?\b/, names: ['Pause', 'Play'] },
  { set: MUTED, unset: MIC, words: /\bmuted?\b/, names: ['Unmute', 'Mute'] },
  { set: QUIET, unset: SOUND, words: /\bmuted?\b/, names: ['Unmute', 'Mute'] },
  {
    set: /^(?:minimize|fullscreen exit|compress|shrink)$/,
    unset: /^(?:maximize|fullscreen|expand)$/,
    words: /\bfull ?screen\b/,
    names: ['Exit full screen', 'Full screen'],
  },
  { set: /^(?:minimize)$/, unset: /^(?:maximize)$/, words: /\bmaximized?\b/, names: ['Restore', 'Maximize'] },
  {
    set: /^(?:chevron|caret|angle) up$/,
    unset: /^(?:chevron|caret|angle) down$/,
    words: /\b(?:expand|expanded|open|show|collapsible)\b/,
    names: ['Collapse', 'Expand'],
  },
  {
    set: /^(?:sun|moon|sun moon)$/,
    unset: /^(?:sun|moon|sun moon)$/,
    words: /\b(?:theme|dark|light)\b/,
    names: ['Toggle theme', 'Toggle theme'],
  },
];

/** What a microphone does, where its handler is one of two. */
export const START_AND_STOP: readonly (readonly [icon: RegExp, words: RegExp, thing: string])[] = [
  [MIC, /\brecord/, 'recording'],
  [MIC, /\b(?:voice|listen|dictat|speech)/, 'voice input'],
];
