/** Class names of the account pages, taken from the existing sign-in and sign-up pages. */
export const HEADING = 'text-center text-2xl font-bold text-amber-50';
export const TEXT = 'text-sm text-amber-100/80';
export const LABEL = 'block text-xs text-amber-100/80';
export const FIELD =
  'mt-1 h-11 w-full rounded-xl border border-white/10 bg-black/60 px-3 text-sm text-amber-50 outline-none focus:border-amber-300';
export const BUTTON =
  'flex h-12 w-full items-center justify-center rounded-full bg-amber-400 text-sm font-semibold text-black enabled:hover:bg-amber-300';
export const LINK = 'text-amber-300 underline hover:text-amber-200';
