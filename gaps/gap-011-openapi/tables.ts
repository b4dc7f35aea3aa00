import type { Schema } from './apply/schema.ts';

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

/** What functions of zod make that take no schema (zod.dev/api), as OpenAPI writes it. */
export const ZOD_SCALARS: ReadonlyMap<string, Schema> = new Map<string, Schema>([
  ['string', { type: 'string' }],
  ['number', { type: 'number' }],
  ['int', { type: 'integer' }],
  ['boolean', { type: 'boolean' }],
  ['stringbool', { type: 'string' }],
  ['date', { type: 'string', format: 'date-time' }],
  ['email', { type: 'string', format: 'email' }],
  ['url', { type: 'string', format: 'uri' }],
  ['uuid', { type: 'string', format: 'uuid' }],
]);

/** Methods of a zod string that ask for a format. */
export const ZOD_FORMATS: ReadonlyMap<string, Schema> = new Map<string, Schema>([
  ['email', { format: 'email' }],
  ['url', { format: 'uri' }],
  ['uuid', { format: 'uuid' }],
  ['datetime', { format: 'date-time' }],
  ['date', { format: 'date' }],
  ['ip', { format: 'ip' }],
]);

/** Functions of sign-in libraries that tell who asks by the cookies of the request. */
export const ASKS_FOR_SESSION =
  /\b(?:getServerSession|unstable_getServerSession|getToken|getIronSession|currentUser|getSession|auth)\s*\(|\bauth\.getUser\(/;

/** What an answer means where its code does not say (RFC 9110, section 15). */
export const STATUS_MEANINGS: ReadonlyMap<string, string> = new Map([
  ['200', 'OK'],
  ['201', 'Created'],
  ['202', 'Accepted for later'],
  ['204', 'Done, without a body'],
  ['307', 'Redirects to another address'],
  ['308', 'Moved to another address for good'],
  ['400', 'The request is invalid'],
  ['401', 'The caller is not signed in'],
  ['403', 'Refused'],
  ['404', 'Not found'],
  ['405', 'The method is not supported'],
  ['409', 'The request conflicts with the current state'],
  ['413', 'The request is too large'],
  ['415', 'The content type is not supported'],
  ['422', 'The request cannot be processed'],
  ['429', 'Too many requests'],
  ['500', 'The request failed'],
  ['501', 'Not implemented'],
  ['502', 'An upstream service failed'],
  ['503', 'Unavailable'],
  ['504', 'An upstream service timed out'],
  ['default', 'Another status, passed through from an upstream service'],
]);

/** The cookie that each sign-in library keeps its session in, over HTTPS. */
export const SESSION_COOKIES: readonly (readonly [pack: string, cookie: string])[] = [
  ['next-auth', '__Secure-next-auth.session-token'],
  ['@auth/core', '__Secure-authjs.session-token'],
  ['better-auth', '__Secure-better-auth.session_token'],
  ['@clerk/nextjs', '__session'],
  ['lucia', 'auth_session'],
];
