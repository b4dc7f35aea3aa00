/** The pages that the runbook names, in its order of priority. */
export const NAMED_PAGES: readonly string[] = [
  '/dashboard/chat',
  '/dashboard/build',
  '/dashboard/pipelines',
  '/dashboard/environments',
  '/dashboard/admin',
  '/dashboard/boomerangs',
  '/dashboard/house-of-ang',
  '/dashboard/circuit-box',
  '/dashboard/lab',
];

/** Anything that brings data from outside the bundle. */
export const BRINGS_DATA =
  /\bfetch\(|\baxios\b|\buse(?:SWR|Query|InfiniteQuery|Mutation|ActionState|FormState)\b|\btrpc\b|\bprisma\.|\bdb\.(?!ts\b|js\b|sqlite)|\bsupabase\s*\.|\bcreateClient\(|\bsql`|['"]use server['"]|new (?:EventSource|WebSocket)\(|\bgetDocs\(|\bonSnapshot\(|\bky\.|\bapi\.(?:get|post|put|patch|delete|fetch)\w*\(/;
/** What a function does besides waiting. */
export const WORKS =
  /\bfetch\(|\baxios\b|await\s+(?!new\s+Promise)|\.mutate(?:Async)?\(|router\.push|dispatch\(/;
/** Words of a function that pretends, near to where it waits. */
export const SAYS_PRETENDED = /simulat|mock|fake|TODO|instead of|replace/i;

/** Arrays of choices and decoration are no data. */
export const CHOICES =
  /tabs?$|columns?$|nav|links?$|items$|options?$|steps$|stages$|sections?$|colou?rs?$|icons?$|filters?$|categories$|config$|actions$|types$|fields$|templates_?order$/i;
/** Fields that only name a record: one that people choose holds no others. */
export const NAMING_FIELD = /^(?:id|key|value|name|label|title|icon)$/;
/** Choices and prices are written down where they belong, also where a chart or a table shows them. */
export const NO_FIGURES = /plan|pric|tier|option|column|item|menu|nav|step|tab/i;
/** A record that says it is invented, figures in the component itself, a success that nothing brought about. */
export const PRETENDS =
  /\bMOCK_\w+|\bset(?:Is)?Saved\(true\)|useState[^;\n]{0,200}\(\s*\[\s*\{|\bconst\s+(?:stats|metrics|activit\w+|alerts|orders|users)\s*=\s*\[/;

/** Attributes by which a button acts, or something else makes it act. */
export const ACTING_ATTRIBUTE =
  /^(?:on[A-Z]\w*|formAction|form|disabled|asChild|as|render|href|to|ref|popover\w*|command\w*|data-\w+|type)$/;
/** Components that only put things in their place; any other may give the button in it something to do. */
export const PLACING_ELEMENT =
  /^(?:[a-z]|$)|(?:Card|Placeholder|Header|Shell|Layout|Section|Container|Content|Footer|Title|Description|Box|Flex|Grid|Row|Column|Stack|Group|Fragment|Empty|Panel)(?:\.\w+)?$/;
/** Elements that give their children something to do. */
export const HANDLING_ELEMENT = /^(form|label|a|Link|summary)$|Form|Trigger|Menu|Popover|Dialog|Close|Upload/;
/** Attributes by which a plain button acts. */
export const BUTTON_ATTRIBUTES: readonly string[] = [
  'onClick',
  'formAction',
  'disabled',
  'form',
  'popoverTarget',
  'onPointerDown',
  'onMouseDown',
  'ref',
];

/** How a page shows that it waits, that it failed, and that there is nothing. */
export const SHOWS_LOADING =
  /loading|pending|Skeleton|Spinner|isFetching|Suspense|streaming|setSending|setBusy/i;
export const SHOWS_ERROR =
  /(?<!\bconsole\.)\b(?:set)?\w{0,40}[eE]rror\b\s*(?:&&|\?|\(|\}|\))|isError|role="alert"|toast\.error|(?<!\bconsole)\.error\b/;
export const CATCHES_INTO_STATE =
  /\bcatch\s*(?:\([^)]{0,200}\)\s*)?\{[^}]{0,1000}\bset[A-Z]\w*\(\s*(?!false|true|null|\[|\))/;
export const SHOWS_EMPTY =
  /\.length\s*(?:===?\s*0|<\s*1|>\s*0\s*(?:&&|\?)|\?[^.?])|!\s*\w+(?:\??\.\w+)*\.length|Empty\w*|<ApiNotice\b|\bNo \w+ (?:yet|found|configured|available)/;

/** Files of navigation, by their names, and of tests. */
export const NAVIGATION_FILE =
  /(nav|sidebar|header|menu|shell|layout|switcher|rail|links?|routes?|site|config)[\w.-]*\.[jt]sx?$/i;
export const TEST_FILE = /\.(test|spec|stories)\.|(^|\/)(__tests__|e2e|tests?)\//;
/** An entry that is marked as not ready. */
export const NOT_READY = /disabled|soon|hidden|wip/i;
