import type { Repo } from '../../src/contract.ts';
import { blankComments } from '../../src/read/comments.ts';

/** Somebody outside who is handed data, and the file that hands it over. */
export interface Processor {
  readonly name: string;
  readonly path: string;
  readonly at: number;
}

interface Known {
  readonly name: string;
  /** npm packages whose import hands data over. */
  readonly packages: RegExp;
  /** Hosts whose mention in code does. */
  readonly host: RegExp;
}

const NEVER = /(?!)/;
const KNOWN: readonly Known[] = [
  { name: 'OpenAI', packages: /^(?:openai|@ai-sdk\/openai|@langchain\/openai)$/, host: /api\.openai\.com/ },
  { name: 'Anthropic', packages: /^(?:@anthropic-ai\/sdk|@ai-sdk\/anthropic)$/, host: /api\.anthropic\.com/ },
  {
    name: 'Google Gemini',
    packages: /^(?:@google\/generative-ai|@google\/genai|@ai-sdk\/google)$/,
    host: /generativelanguage\.googleapis\.com/,
  },
  { name: 'OpenRouter', packages: /^@openrouter\//, host: /openrouter\.ai/ },
  { name: 'Groq', packages: /^(?:groq-sdk|@ai-sdk\/groq)$/, host: /api\.groq\.com/ },
  { name: 'ElevenLabs', packages: /^(?:elevenlabs|@elevenlabs\/[\w-]+)$/, host: /api\.elevenlabs\.io/ },
  { name: 'Deepgram', packages: /^@deepgram\/sdk$/, host: /api\.deepgram\.com/ },
  { name: 'Stripe', packages: /^(?:stripe|@stripe\/[\w-]+)$/, host: /api\.stripe\.com/ },
  { name: 'Resend', packages: /^resend$/, host: /api\.resend\.com/ },
  { name: 'SendGrid', packages: /^@sendgrid\/mail$/, host: /api\.sendgrid\.com/ },
  { name: 'Postmark', packages: /^postmark$/, host: /api\.postmarkapp\.com/ },
  { name: 'Twilio', packages: /^twilio$/, host: /api\.twilio\.com/ },
  { name: 'Sentry', packages: /^@sentry\//, host: NEVER },
  { name: 'PostHog', packages: /^posthog-(?:js|node)$/, host: /\bposthog\.com\/(?:capture|e\/)/ },
  { name: 'Mixpanel', packages: /^mixpanel(?:-browser)?$/, host: NEVER },
  { name: 'Segment', packages: /^@segment\//, host: NEVER },
  { name: 'Clerk', packages: /^@clerk\//, host: NEVER },
  { name: 'Auth0', packages: /^(?:@auth0\/[\w-]+|auth0)$/, host: NEVER },
  { name: 'Supabase', packages: /^@supabase\/(?:supabase-js|ssr)$/, host: NEVER },
  { name: 'Firebase', packages: /^(?:firebase|firebase-admin)$/, host: NEVER },
  {
    name: 'Intercom',
    packages: /^(?:react-use-intercom|intercom-client|@intercom\/[\w-]+)$/,
    host: /widget\.intercom\.io/,
  },
  { name: 'HubSpot', packages: /^@hubspot\/api-client$/, host: /api\.hubapi\.com/ },
  { name: 'Cloudinary', packages: /^(?:cloudinary|next-cloudinary)$/, host: NEVER },
  { name: 'Algolia', packages: /^(?:algoliasearch|@algolia\/[\w-]+)$/, host: NEVER },
];
const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const ASIDE =
  /(^|\/)(node_modules|__tests__|__mocks__|tests?|e2e|evals?|playwright|cypress|fixtures|scripts?|examples?|templates?|docs?|website|\.[\w-]+)\/|\.(test|spec|eval|stories|config)\./;

const found = new WeakMap<Repo, readonly Processor[]>();

/** Everybody outside who gets data from code that ships: once each, at the first file. */
export function processorsOf(repo: Repo): readonly Processor[] {
  const all = found.get(repo) ?? findProcessors(repo);
  found.set(repo, all);
  return all;
}

interface Wanted {
  readonly name: string;
  readonly pattern: RegExp;
}

/** One pass over the code: most files name nobody, which one pattern for all says at once. */
function findProcessors(repo: Repo): readonly Processor[] {
  const declared = repo.layout.packages.flatMap(({ manifest }) => Object.keys(manifest.dependencies));
  const wanted = KNOWN.flatMap((known) => wantedOf(known, declared));
  const any = new RegExp(wanted.map(({ pattern }) => pattern.source).join('|'));
  const first = new Map<string, Processor>();
  for (const path of repo.files) {
    if (!CODE.test(path) || ASIDE.test(path)) continue;
    if (!repo.mentions(path, any)) continue;
    const code = blankComments(repo.text(path));
    for (const { name, pattern } of wanted) {
      const at = first.has(name) ? -1 : code.search(pattern);
      if (at !== -1) first.set(name, { name, path, at });
    }
  }
  return KNOWN.flatMap(({ name }) => first.get(name) ?? []);
}

function wantedOf({ name, packages, host }: Known, declared: readonly string[]): readonly Wanted[] {
  const own = [...new Set(declared.filter((each) => packages.test(each)))].map((each) =>
    each.replace(/[/.]/g, '\\$&'),
  );
  const imported = own.map((each) => ({
    name,
    pattern: new RegExp(`(?:from|import|require\\(|import\\()\\s*['"]${each}(?:/[\\w/-]+)?['"]`),
  }));
  return host === NEVER ? imported : [...imported, { name, pattern: host }];
}
