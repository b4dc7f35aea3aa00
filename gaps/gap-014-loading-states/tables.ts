import type { Block } from './read/blocks.ts';

/** `<></>` and words that React renders as nothing. */
export const NOTHING = /^(?:null|undefined|false|true|''|""|``|<>\s*<\/>)?$/;

/** What brings data while the page is on screen: a hook of a data library, or a request in an effect. */
export const DATA_HOOK =
  /\buse(?:SWR\w*|\w*Query|Queries|Fetch|Async\w*|Collection\w*|Document\w*)\s*[<(]|\.use(?:Infinite|Suspense)?Query\(/;
export const REQUEST = /\bfetch\(|\baxios\b|\bky\.|\bawait\s+\w|\.then\(|\b(?:load|fetch|get)[A-Z]\w*\(/;
export const EFFECT = /\buse(?:Layout)?Effect\(([\s\S]{0,800}?)\}\s*,\s*\[/g;
/** A function of a file, by its name. */
export const FUNCTION = /\b(?:function\s+(\w+)|const\s+(\w+)\s*=)/g;
/** What is shown until it is there. */
export const WAITING: readonly RegExp[] = [
  /(?:[lL]oading|[pP]ending|[fF]etching)\w{0,40}\s*(?:\?(?![.?:])|&&)/,
  /\bif\s*\([^\n)]{0,80}(?:[lL]oading|[pP]ending|[fF]etching)[^\n)]{0,80}\)\s*(?:\{\s*)?return/,
  /['"](?:loading|pending)['"]\s*(?:\?(?![.?:])|&&|\)\s*(?:\{\s*)?return)/,
  /<\w{0,40}(?:Skeleton|Spinner|Loader|Loading)\w{0,40}[\s/>]/,
  /\bif\s*\(\s*!\s*\w+(?:\.\w+)?\s*\)\s*(?:\{\s*)?return\s*(?:\(\s*)?</,
];
/** A component that is loaded late, with something to look at meanwhile. */
export const LATE = /\bdynamic\([\s\S]{0,200}?\bloading\s*:\s*(?!\(\)\s*=>\s*null)/;

/** What exists in the browser alone, by module (react.dev: "use client"; nextjs.org/docs: "Server Components"). */
export const CLIENT_HOOKS: ReadonlyMap<string, RegExp> = new Map([
  [
    'react',
    /^use(?:State|Effect|LayoutEffect|InsertionEffect|Reducer|Ref|Context|Transition|DeferredValue|SyncExternalStore|ImperativeHandle|Optimistic)$/,
  ],
  [
    'next/navigation',
    /^use(?:Router|Pathname|SearchParams|Params|SelectedLayoutSegments?|ServerInsertedHTML)$/,
  ],
  ['next-auth/react', /^use\w+$/],
]);

/** What a component shows, by its name, where it is not looked into or shows nothing of its own. */
export const BLOCKS: readonly (readonly [name: RegExp, block: Block])[] = [
  [/(?:Chat|Chat(?:Interface|Window|Panel|View|Shell)|Conversation|Messages)$/, { kind: 'chat' }],
  [/(?:Table|DataGrid)$/, { kind: 'rows', count: 5 }],
  [/(?:List|Feed|Timeline)$/, { kind: 'rows', count: 4 }],
  [/(?:Stats|Metrics|Cards|KPIs?|Summary)$/, { kind: 'cards', count: 4, grid: undefined }],
  [/(?:Chart|Graph|Calendar|Map|Canvas|Editor)$/, { kind: 'panel' }],
];

/** Classes that place a box: what they paint is left out. */
export const LAYOUT_CLASS =
  /^(?:\w+:)?(?:-?m[xytblr]?-[\w.[\]]+|p[xytblr]?-[\w.[\]]+|space-[xy]-[\w.]+|gap(?:-[xy])?-[\w.]+|max-w-[\w[\]%]+|w-full|container|grid|grid-cols-\d{1,2})$/;
