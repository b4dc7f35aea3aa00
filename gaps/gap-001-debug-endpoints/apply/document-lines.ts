/** Opens or closes a block of code. */
export const FENCE = /^\s*(```|~~~)/;
/** An item of a list, with its indent and its content. */
export const ITEM = /^(\s*)[-*+]\s+(?:\[[ xX]\]\s+)?((?:\S.*)?)$/;
/** A row of a table. */
export const ROW = /^\s*\|.*\|\s*$/;
/** The row of dashes below the head of a table. */
export const RULE_ROW = /^\s*\|[\s:|-]+\|\s*$/;
/** A heading. */
export const HEADING = /^#{1,6}\s/;
/** A sentence that announces what follows, or a label in bold. */
export const LEADS_UP = /:\s*(?:\*+\s*)?$|^\s*\*\*[^*]+\*\*\s*$/;
const METHOD = '(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY)';
/** What may stand before the url in a line that is about it: emphasis, backticks, methods, a host. */
export const LEAD = new RegExp(
  `^[\\s*_\`~"'(\\[]*(?:${METHOD}(?:\\s{0,9}[/,|]\\s{0,9}${METHOD})*[\\s*_\`:]*)?(?:https?:\\/\\/[\\w.:-]{1,100}\\/?)?(?:[\\w.-]{1,100}\\/){0,9}$`,
);
/** A command that sends a request. */
export const COMMAND = /^\s*(?:\$\s+)?(?:curl|http|https|wget|xh|httpie|Invoke-(?:WebRequest|RestMethod))\b/;
const NUMBER = '(?:\\d+|two|three|four|five|six|seven|eight|nine|ten)';
/** A count of something. */
export const COUNT = new RegExp(`\\b${NUMBER} [a-z]`, 'i');
/** A count that says that it is whole. */
export const COUNT_OF_ALL = new RegExp(`\\ball (?:of )?(?:the |these )?${NUMBER}\\b`, 'i');
/** The first line of a request. */
export const REQUEST = new RegExp(`^\\s*${METHOD}\\s+\\S`);
