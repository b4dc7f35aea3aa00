/** The routes that the runbook names. */
export const NAMED_ROUTES: ReadonlySet<string> = new Set([
  '/api/deploy',
  '/api/boomerangs',
  '/api/admin/api-keys',
  '/api/invite',
  '/api/acheevy/diy',
  '/api/make-it-mine',
]);

/** Names that many applications have; one of these alone does not make an application the runbook's. */
export const COMMON_ROUTES: ReadonlySet<string> = new Set(['/api/admin/api-keys', '/api/invite']);

/** Routes that strangers and machines call by design. */
export const OPEN_BY_DESIGN = /\/(auth|webhooks?|cron|health|healthz|test|debug)(\/|$)|webhook/;

/** Handlers that may change something; a default export answers every method. */
export const WRITING_METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE', 'default']);
/** Handlers that change or take away what is there already: creating may be meant for everybody. */
export const CHANGING_METHODS: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE']);

/** A call that finds out who asks. */
export const ASKS_WHO =
  /\b(?:getServerSession|unstable_getServerSession|getSession|getToken|getAuth|auth|currentUser|getCurrentUser|getUser|validateRequest|validateSession|verifySession|verifyToken|verifyIdToken|jwtVerify|verifyJwt|verifyAuth|checkAuth|isAuthenticated|authenticate\w*|constructEvent|timingSafeEqual)\s*(?:<[^>]{0,200}>)?\(|headers(?:\(\))?\.get\(\s*['"](?:authorization|x-api-key)['"]|headers\.authorization|\.cookies?\.get\(|cookies\(\)/i;
export const REFUSES = /\b40[13]\b|unauthori[sz]ed|forbidden|\bthrow\b|redirect\(|notFound\(/i;
/** Helpers that refuse by themselves, known by their names. */
export const GUARDS =
  /\b(?:require|assert|ensure|enforce|with)(?:Auth\w*|User|Session|Admin|Owner|Role|Login|ApiKey|Permission\w*)\s*(?:<[^>]{0,200}>)?\(|\bauth\.protect\(|\b(?:protected|auth(?:ed|enticated)?)(?:Route|Handler|Procedure|Action)\s*\(/;
/** Middleware of libraries that lets nobody in who is not signed in. */
export const GUARDING_MIDDLEWARE = /clerkMiddleware|authMiddleware|withAuth\b|next-auth\/middleware/;
/** Any word of somebody being asked for, or of something only the right caller knows. */
export const ANY_QUESTION =
  /session|auth(?!or)|cookie|header|secret|token|signature|api_?key|captcha|permi|verif|protect|guard|jwt|allow|current_?user|get_?user|require(?!d)|middleware|clerk|kinde|ability|policy|role|owner/i;

export const VALIDATES =
  /(?<!\b(?:JSON|Date|path|url|URL|qs|querystring)\.)(?:\.(?:safeParse|parse)(?:Async)?\(|\.(?:validate|validateSync|validateAsync|assert|check|Check|Decode)\()|\b(?:validate|parse|read)(?!Int|Float)[A-Z]\w*\(|\b(?:v|valibot)\.(?:safeParse|parse)\(|\bwith(?:Validation|Schema|Body)\w*\(|\bis[A-Z]\w*(?:Body|Request|Payload|Input)\(/;
/** The request's body, not that of an upstream answer: `req.json()`, and never `res.json()`. */
export const READS_BODY =
  /\b(?:req|request|\w*Request)(?:\.clone\(\))?(?:\.(?:json|formData|text)\(\)|\.body\b)/;
export const STORES = /token|insert|create\w{0,40}\(|\.save\(|\bdb\b|prisma/i;
export const LIMITS = /rate.?limit|too many requests|\b429\b|@arcjet|\bthrottle/i;
export const UNCACHED =
  /no-store|revalidate\s*[:=]\s*0\b|force-dynamic|force-no-store|\bnoStore\(|cookies\(|headers\(|getServerSession\(|\bauth\(\)|searchParams|nextUrl/;

/** A record of a database, by an ORM, a query builder, a document store or SQL. */
export const CHANGES_RECORD =
  /\b\w{0,40}(?:prisma|db|client|tx)\w{0,40}\.\w+\.(?:update|delete|upsert)\w*\(|\b(?:db|tx|supabase)\w*\s*\.(?:update|delete)\(|\.from\([^)]{0,200}\)\s*\.(?:update|delete|upsert)\(|\.(?:findById|findOne)And(?:Update|Remove|Delete|Replace)\(|\.(?:update|delete)(?:One|Many)\(|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b|\bawait\s+\w+\.save\(\)/;

/** Invented data, in a route that the runbook wants to be real. */
export const INVENTED =
  /\b(?:MOCK|FAKE|DUMMY|SAMPLE)_\w+|\b(?:mock|fake|dummy)[A-Z]\w*|Math\.random\(\)\s*\*(?!\s*(?:16|36|62|\w+\.length)\b)|\bsimulat(?:e|ed|ing)\b/i;
/** Data that is called a mock by its own name. */
export const MOCK_NAME =
  /\b(?:MOCK|FAKE|DUMMY)_[A-Z]\w*|\b[A-Z]\w*_(?:MOCKS?|FAKES?|DUMMY)\b|\bmock(?:[A-Z]\w*|s)\b|\bdummy[A-Z]\w*|\bfake(?:[A-Z]\w*(?:s|Data|List))\b|\bfaker\.\w+/;
/** Mock data on purpose: a switch, a demo, a development fallback. */
export const MOCK_ON_PURPOSE = /process\.env|\bdemo|isDev|useMock|USE_MOCK|enableMock/i;
/** What a real source of data looks like. */
export const REAL_SOURCE = /\bfetch\(|\bprisma\b|\bdb\.|\.query\(/;
/** A way out of a handler, or a choice: what comes after it is only one of several answers. */
export const CHOICE = /\bif\s*\(|\bswitch\s*\(|\?(?![.?])|\bcatch\b|&&|\|\|/;
/** A handler's own words for doing nothing, in a text that it answers. */
export const SAYS_STUB =
  /['"`][^'"`\n]{0,200}\b(?:not (?:yet )?(?:been )?implemented|to be implemented|coming soon|under construction|work in progress)\b/i;
/** What somebody left to be done. */
export const LEFT_TO_DO =
  /\b(?:TODO|FIXME|TBD)\b|\b(?:stub(?:bed)?|placeholder|not (?:yet )?implemented|implement (?:this|me|later))\b/i;
/** A word that the file of every stub holds. */
export const MAY_BE_STUB =
  /501|implement|mock|fake|dummy|coming soon|construction|in progress|TODO|FIXME|TBD|stub|placeholder/i;
/** Routes that are mocks on purpose. */
export const MOCKS_ADDRESS = /(^|[/-])(mocks?|demo|examples?|msw|storybook)([/-]|$)/;
/** A limit of time on what is waited for. */
export const TIMED = /\bAbortSignal\b|\bAbortController\b|\bsignal\s*[:,]|\btimeout\b/i;
/** Words by which a handler picks what it says of a key. */
export const PICKS_FIELDS = /\bconfigured\b|\bmasked\b|\blabel\b/;
