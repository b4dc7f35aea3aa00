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
