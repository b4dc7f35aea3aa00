/** The runbook's line: at least ten tests. */
export const ENOUGH = 10;

/** What test runners are called as packages. */
export const RUNNER_PACKAGE =
  /^(vitest|vite-plus|jest|@jest\/core|jest-cli|@playwright\/(test|experimental-ct-\w+)|playwright|cypress|mocha|jasmine|ava|tape|tap|uvu|qunit|karma|testcafe|webdriverio|@wdio\/cli|@web\/test-runner|@storybook\/(test-runner|addon-vitest)|@rstest\/core|react-scripts)$/;

/** A folder of a package that is there for its tests, what drives a browser in it, and where it is told what to drive. */
export const TEST_PACKAGE = /(^|\/)(?:[\w-]*[-_])?(?:tests?|e2e|playwright|cypress)(?:[-_][\w-]*)?$/i;
export const DRIVER_PACKAGE = /"(?:@playwright\/test|playwright|cypress)"\s*:/;
export const DRIVER_CONFIG = /(^|\/)(?:package\.json|(?:playwright|cypress)[\w.-]*\.config\.[cm]?[jt]s)$/;

/** What Next.js renders by its name or its place. */
export const CONVENTION =
  /(^|\/)(?:page|layout|template|default|loading|error|global-error|not-found|opengraph-image|twitter-image|icon|apple-icon)\.[jt]sx$|(^|\/)pages\//;

/** What runs tests, as a script calls it: a test runner, or what calls one elsewhere. */
export const RUNS_TESTS =
  /\b(vitest|jest|playwright\s+test|cypress\s+run|mocha|jasmine|ava|tape|tap|uvu|qunit|karma\s+start|testcafe|wdio|wtr|web-test-runner|test-storybook|rstest|(?:react-scripts|craco|vp)\s+test|(?:bun|deno)\s+test|(?:node|tsx|ts-node)\b[^&|;]{0,300}\s--test\b|(?:make|just|task|turbo|nx|lerna|moon|wireit)\b[^&|;]{0,300}\btest)\b/;

/** What needs no package for it: the runtime brings its own runner, as its scripts or its tests say. */
export const RUNTIME_RUNNER = /['"](?:node|bun):test['"]/;
export const BRINGS_RUNNER = /\b(?:bun|deno)\s+test\b|\s--test\b/;

/** The scripts of a package.json that are there for its tests. */
export const TEST_SCRIPT =
  /^(?:tests?|specs?|ct|components?|unit)(?:$|[^a-z])(?!.*(?:set-?up|prepare|seed|clean|tear-?down|migrate)$)/i;

/** What runs a file of code or a shell script. */
export const INTERPRETER =
  /^(?:node|nodejs|tsx|ts-node(?:-esm)?|bun|deno|jiti|esno|vite-node|babel-node|swc-node|sucrase-node|bash|sh|zsh|c8|nyc)$/;

/** Where tests stand by their names. */
export const TEST_FILE =
  /\.(test|spec|cy|ct)\.[cm]?[jt]sx?$|(^|\/)__tests__\/.*\.[cm]?[jt]sx?$|(^|\/)(tests?|e2e|cypress)\/.*\.[cm]?[jt]sx?$/;
/** A file whose own name says that it is a test. */
export const NAMED_TEST = /\.(test|spec|cy|ct)\.[cm]?[jt]sx?$/;
/** The same in a folder for tests: `test-security.js`, `price_spec.ts`. */
export const TEST_IN_NAME = /(?:^|\/)(?:(?:test|spec)[-_][^/]*|[^/]*[-_](?:test|spec)s?)\.[cm]?[jt]sx?$/;
/** What a runner of the repository's own would run. */
export const CALLED_TEST =
  /(?:^|[./_-])(?:tests?|specs?|checks?|smoke|self-?tests?|scenarios?|cases|units?|integration|verify)[./_-](?:.*[./])?[cm]?[jt]sx?$/i;
/** A route or a page below a folder that is called like tests. */
export const SERVED = /\/(?:route|page|layout)\.[jt]sx?$/;

/** A test as it is written down: `test('…', …)`, `it.each…`. */
export const TEST_CALL = /(?<![.\w])(?:test|it|specify|Deno\.test)(?:\.\w+)*\s*(?:\(|`)/g;
/** A call with a title and a function, whatever it is called: `check('adds', () => …)`. */
export const TITLED_CALL =
  /(?<![.\w])(?!(?:describe|suite|context|beforeEach|afterEach|before|after|setTimeout|require|import)\b)\w+\(\s*(?:'[^'\n]*'|"[^"\n]*"|`[^`\n]*`)\s*,\s*(?:async\s*)?(?:\(|function\b|\w+\s*=>)/g;
/** What says that something is not as it should be. */
export const ASSERTS =
  /\bexpect\w*[.(]|\bassert\w*[.(]|\bshould\b|\bt\.\w+\(|\bcy\.\w+|['"](?:node:)?assert(?:\/strict)?['"]|['"]chai['"]|\bprocess\.exit(?:Code)?\b|\bthrow\b/;
/** What renders a component: `render(`, `renderWithProviders(`, and what looks at what some helper has rendered. A hook is none. */
export const RENDERS =
  /\brender(?:To\w+|With\w*|In\w*|Component|Page|App|Ui|UI|View|Screen|Form|Layout)?\s*\(|\bmount\s*\(|\bscreen\.\w|react-test-renderer|vitest-browser-react|react-dom\/server|composeStories/;
/** A test that mounts components in a browser, by its import or its name. */
export const COMPONENT_IN_BROWSER = /playwright\/experimental-ct|\.(cy|ct)\./;
/** What drives a whole application in a browser. */
export const DRIVES_BROWSER = /@playwright\/test|\bpage\.goto\(|\bcy\.\w|puppeteer|selenium|webdriver/;
/** Tests of a browser by their folder: what they do and expect often stands in files beside. */
export const BROWSER_FOLDER = /(^|\/)(e2e|playwright|cypress)\/.*\.(spec|test|cy)\./;
/** Code of the repository's own, as imports name it whose aliases are not known. */
export const OWN_SPECIFIER = /^(?:\.{1,2}|[@~#]\w*)\//;

/** What declares tests and prepares them, and tries nothing by itself. */
export const FRAME: ReadonlySet<string> = new Set([
  'describe',
  'suite',
  'context',
  'it',
  'test',
  'specify',
  'beforeEach',
  'afterEach',
  'beforeAll',
  'afterAll',
  'before',
  'after',
  'vi',
  'jest',
  'console',
]);
/** What is compared with something is no constant: most tests are told by that, without their tree. */
export const COMPARES_CODE =
  /\b(?:expect|assert(?:\.\w+)?)\(\s*(?:await\s+)?(?!(?:true|false|null|undefined|typeof|void)\b)[A-Za-z_$]/;
/** What compares: with nothing but constants it holds whatever the code does. */
export const COMPARES: ReadonlySet<string> = new Set(['expect', 'assert', 'should']);
