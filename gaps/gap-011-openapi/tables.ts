/** The methods of HTTP, as a description writes them. */
export const HTTP_METHODS: ReadonlySet<string> = new Set([
  'get',
  'put',
  'post',
  'delete',
  'patch',
  'head',
  'options',
]);

/** Somebody's material, which describes nothing that ships. */
export const MATERIAL =
  /(^|\/)(node_modules|__tests__|__mocks__|fixtures?|__fixtures__|tests?|e2e|examples?|templates?)\/|\.(?:test|spec|stories)\.[cm]?[jt]sx?$/;
/** Files of data that are no description, however many there are. */
export const OTHER_DATA =
  /(^|\/)(?:package(?:-lock)?|tsconfig[\w.-]*|composer|components|biome|turbo|vercel|next\.openapi)\.json$|(^|\/)[\w-]*lock\.ya?ml$|(^|\/)(?:locales?|i18n|messages|translations)\/|(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/;
/** The line with the version that every description begins with. */
export const SAYS_VERSION = /(?:^|[{,\n])\s{0,200}["']?(?:openapi|swagger)["']?\s{0,20}:\s{0,20}["']?[23]\b/;

/** Routes of libraries, whose protocol is the library's to document, and those that hand a description out. */
export const LIBRARY_ROUTE =
  /\/(auth|better-auth|trpc|graphql|uploadthing|inngest|edgestore|copilotkit|swagger|api-?docs?|openapi(\.json|\.ya?ml)?|doc|docs|reference|scalar)(\/|$)/;
/** Routes that only machines and the application itself call. */
export const INTERNAL_ROUTE =
  /\/(?:cron|jobs?|workers?|queues?|webhooks?|hooks|callbacks?|oauth|internal|private|_\w+|mock|test|debug|dev|revalidate|og|install|sentry|monitoring)(?:[/-]|$)|\/(?:ready|readyz|live|livez)$|[-/](?:webhooks?|callback|cron)$/;
/** Addresses that nearly every server has, so that sharing them proves nothing. */
export const COMMON_ADDRESS =
  /^(?:\/api)?(?:\/v\d+)?(?:\/|\/(?:health\w*|status|ping|ready\w*|live\w*|metrics|version|info|me|user|login|logout|config|upload)\/?)$/;
/** How APIs for others are set apart from routes that only the application's own pages call. */
export const PUBLIC_BASE = /^\/api\/(?:v\d+|public|external|rest|open)(?=\/)/;

/** Packages that write a description from the code that uses them. */
export const GENERATOR =
  /^(next-openapi-gen|next-openapi-route-handler|@omer-x\/next-openapi-(?:json-generator|route-handler)|@asteasolutions\/zod-to-openapi|@hono\/zod-openapi|@hono\/swagger|hono-openapi|zod-openapi|trpc-openapi|trpc-to-openapi|trpc-swagger|@ts-rest\/open-api|@orpc\/openapi|@elysiajs\/(?:swagger|openapi)|@fastify\/swagger|swagger-autogen|koa-swagger-decorator|tsoa|next-rest-framework|@nestjs\/swagger)$/;
/** Of these, the ones by which each route describes itself. */
export const ROUTE_GENERATOR =
  /^(?:next-openapi-route-handler|@omer-x\/next-openapi-(?:json-generator|route-handler)|next-rest-framework)$/;
/** A package with one of these answers at addresses of its own. */
export const SERVER = /^(express|fastify|koa|hono|elysia|@nestjs\/core|@hapi\/hapi|restify)$/;
/** Where code tells a generator of an operation. */
export const TELLS_OPERATION =
  /\bregisterPath\(|\bcreateRoute\(|\binitContract\(|\bdescribeRoute\(|\bopenapi\s*:\s*\{|@(?:Controller|Route)\(/;
