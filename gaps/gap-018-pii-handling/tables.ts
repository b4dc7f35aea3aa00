/** A service outside that is handed data by whoever imports one of its packages or sends to its host. */
export interface Service {
  readonly name: string;
  /** What else a document may call it. */
  readonly alias?: string;
  /** npm packages; one that ends with a slash is a scope and stands for all that is in it. */
  readonly packages: readonly string[];
  readonly host?: string;
  /** What of the host takes data, where not all of it does. */
  readonly endpoint?: RegExp;
}

/** The services that are known here. */
export const SERVICES: readonly Service[] = [
  { name: 'OpenAI', packages: ['openai', '@ai-sdk/openai', '@langchain/openai'], host: 'api.openai.com' },
  { name: 'Anthropic', packages: ['@anthropic-ai/sdk', '@ai-sdk/anthropic'], host: 'api.anthropic.com' },
  {
    name: 'Google Gemini',
    alias: 'Google',
    packages: ['@google/generative-ai', '@google/genai', '@ai-sdk/google'],
    host: 'generativelanguage.googleapis.com',
  },
  { name: 'OpenRouter', packages: ['@openrouter/'], host: 'openrouter.ai' },
  { name: 'Groq', packages: ['groq-sdk', '@ai-sdk/groq'], host: 'api.groq.com' },
  { name: 'ElevenLabs', packages: ['elevenlabs', '@elevenlabs/'], host: 'api.elevenlabs.io' },
  { name: 'Deepgram', packages: ['@deepgram/sdk'], host: 'api.deepgram.com' },
  { name: 'Stripe', packages: ['stripe', '@stripe/'], host: 'api.stripe.com' },
  { name: 'Resend', packages: ['resend'], host: 'api.resend.com' },
  { name: 'SendGrid', packages: ['@sendgrid/mail'], host: 'api.sendgrid.com' },
  { name: 'Postmark', packages: ['postmark'], host: 'api.postmarkapp.com' },
  { name: 'Twilio', packages: ['twilio'], host: 'api.twilio.com' },
  { name: 'Sentry', packages: ['@sentry/'] },
  {
    name: 'PostHog',
    packages: ['posthog-js', 'posthog-node'],
    host: 'posthog.com',
    endpoint: /\bposthog\.com\/(?:capture|e\/)/,
  },
  { name: 'Mixpanel', packages: ['mixpanel', 'mixpanel-browser'] },
  { name: 'Segment', packages: ['@segment/'] },
  { name: 'Clerk', packages: ['@clerk/'] },
  { name: 'Auth0', packages: ['auth0', '@auth0/'] },
  { name: 'Supabase', packages: ['@supabase/supabase-js', '@supabase/ssr'] },
  { name: 'Firebase', packages: ['firebase', 'firebase-admin'] },
  {
    name: 'Intercom',
    packages: ['react-use-intercom', 'intercom-client', '@intercom/'],
    host: 'widget.intercom.io',
  },
  { name: 'HubSpot', packages: ['@hubspot/api-client'], host: 'api.hubapi.com' },
  { name: 'Cloudinary', packages: ['cloudinary', 'next-cloudinary'] },
  { name: 'Algolia', packages: ['algoliasearch', '@algolia/'] },
];

/** Code that does not ship, or runs on somebody's own machine. */
export const NOT_SHIPPED =
  /(^|\/)(node_modules|__tests__|__mocks__|tests?|e2e|evals?|playwright|cypress|fixtures|scripts?|examples?|templates?|docs?|website|\.[\w-]+)\/|\.(test|spec|eval|stories|config)\./;

/** What holds a list of addresses for a browser to allow, not one to send to. */
export const ALLOWED_LIST =
  /csp|content-?security|[-_]?src(?:-?elem)?$|allow|trusted|whitelist|remotePatterns|preconnect|prefetch|origins$|domains$/i;
/** A directive of a Content-Security-Policy. */
export const DIRECTIVE =
  /\b(?:default|connect|script|style|img|font|frame|media|worker|child|form)-(?:src|action|ancestors)\b|^'self'$/;

/** A table of people. */
export const TABLE =
  /\bmodel\s+(?:User|Account|Customer|Person|Profile|Member)\b[\s\S]{0,600}?\bemail\b|\bCREATE TABLE\s+(?:IF NOT EXISTS\s+)?["`]?\w*(?:users?|accounts|customers|profiles|members)["`]?[\s\S]{0,600}?\bemail\b|\b(?:pg|sqlite|mysql)Table\(\s*['"]\w*(?:users?|accounts|customers|profiles|members)['"][\s\S]{0,600}?\bemail\b|\bnew (?:mongoose\.)?Schema\([\s\S]{0,400}?\bemail\s*:/i;
/** Models of Python and Ruby. */
export const MODEL =
  /^class\s+\w{0,40}(?:User|Account|Customer|Person|Profile|Member)\w{0,40}\b[\s\S]{0,1500}?\bemail\s*(?::|=)|create_table\s+[:"'](?:users|accounts|customers|profiles|members)\b[\s\S]{0,1500}?\bemail\b/m;
/** Where those models stand. */
export const MODEL_FILES = /(^|\/)models?(?:\/[\w-]+)*\.py$|(^|\/)db\/(?:migrate\/[\w-]+|schema)\.rb$/;
/** Where tables are declared. */
export const SCHEMA_FILES =
  /\.prisma$|\.sql$|(^|\/)(?:schema|models?|entities|db|migrations?)[\w./-]*\.[cm]?[jt]s$/i;

/** Material of tests and examples: nobody is known by it. */
export const MATERIAL = /node_modules|(^|\/)(?:tests?|examples?|fixtures|templates?)\//;

/** A word without which no document is about the subject. */
export const ABOUT =
  /\bPII\b|personal(?:ly identifiable)? (?:data|information)|privacy|data protection|\bGDPR\b/i;
/** What a document about personal data is called. */
export const TITLE =
  /\bPII\b|\bpersonal(?:ly identifiable)? (?:data|information)\b|\bprivacy(?: policy| notice| statement)?\b|(?<!sensitive )\bdata protection\b|\bGDPR\b/i;
/** Of a section in a document about something else, where the bare word privacy heads many a remark. */
export const SECTION =
  /\bPII\b|\bpersonal(?:ly identifiable)? (?:data|information)\b|\bprivacy (?:policy|notice|statement)\b|(?<!sensitive )\bdata protection\b|\bGDPR\b/i;
/** What is held of people. */
export const HELD = /\b(?:e-?mail|name|address|phone|IP|payment|prompt|audio|profile)\b/i;
/** What people may ask for. */
export const RIGHTS =
  /\b(?:delet|eras|remov|export|access (?:to )?(?:your|their)|portab|right to|request)\w*/i;
/** Written for the people whose data it is: it says what is held, not in which store. */
export const PUBLIC = /\bprivacy(?: policy| notice| statement)?\b|\bdatenschutz/i;
