import type { Repo } from '../../src/contract.ts';
import { blankComments } from '../../src/read/comments.ts';
import { specifiersOf } from '../../src/read/specifier-words.ts';

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
  readonly host?: RegExp;
}

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
  { name: 'Sentry', packages: /^@sentry\// },
  { name: 'PostHog', packages: /^posthog-(?:js|node)$/, host: /\bposthog\.com\/(?:capture|e\/)/ },
  { name: 'Mixpanel', packages: /^mixpanel(?:-browser)?$/ },
  { name: 'Segment', packages: /^@segment\// },
  { name: 'Clerk', packages: /^@clerk\// },
  { name: 'Auth0', packages: /^(?:@auth0\/[\w-]+|auth0)$/ },
  { name: 'Supabase', packages: /^@supabase\/(?:supabase-js|ssr)$/ },
  { name: 'Firebase', packages: /^(?:firebase|firebase-admin)$/ },
  {
    name: 'Intercom',
    packages: /^(?:react-use-intercom|intercom-client|@intercom\/[\w-]+)$/,
    host: /widget\.intercom\.io/,
  },
  { name: 'HubSpot', packages: /^@hubspot\/api-client$/, host: /api\.hubapi\.com/ },
  { name: 'Cloudinary', packages: /^(?:cloudinary|next-cloudinary)$/ },
  { name: 'Algolia', packages: /^(?:algoliasearch|@algolia\/[\w-]+)$/ },
];
/** What every known host ends with. */
const HOST = /\.(?:com|ai|io)\b/;
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

/** One pass over the code: most files ask for nobody and name no host, which is cheap to see. */
function findProcessors(repo: Repo): readonly Processor[] {
  const declared = declaredOf(repo);
  const first = new Map<string, Processor>();
  for (const path of repo.files) {
    if (!CODE.test(path) || ASIDE.test(path)) continue;
    const asked = specifiersOf(repo, path).flatMap((specifier) => declared.get(packageOf(specifier)) ?? []);
    const named = repo.mentions(path, HOST)
      ? KNOWN.filter(({ host }) => host && repo.mentions(path, host))
      : [];
    if (asked.length + named.length === 0) continue;
    const code = blankComments(repo.text(path));
    for (const known of new Set([...asked, ...named])) {
      const at = first.has(known.name) ? -1 : placeOf(code, known, declared);
      if (at !== -1) first.set(known.name, { name: known.name, path, at });
    }
  }
  return KNOWN.flatMap(({ name }) => first.get(name) ?? []);
}

/** The packages that the repository declares and that hand data over, with whom they hand it to. */
function declaredOf(repo: Repo): ReadonlyMap<string, Known> {
  const names = new Set(repo.layout.packages.flatMap(({ manifest }) => Object.keys(manifest.dependencies)));
  const declared = new Map<string, Known>();
  for (const name of names) {
    const known = KNOWN.find(({ packages }) => packages.test(name));
    if (known) declared.set(name, known);
  }
  return declared;
}

/** The package of a specifier: `@a/b` of `@a/b/c`. */
function packageOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]*/.exec(specifier)?.[0] ?? '';
}

/** Where code that is no comment imports one of the packages or names the host; -1 where it does neither. */
function placeOf(code: string, known: Known, declared: ReadonlyMap<string, Known>): number {
  const names = [...declared].flatMap(([name, by]) => (by === known ? name.replace(/[/.]/g, '\\$&') : []));
  const imported = names.map(
    (name) => new RegExp(`(?:from|import|require\\(|import\\()\\s*['"]${name}(?:/[\\w/-]+)?['"]`),
  );
  const found = [...imported, ...(known.host ? [known.host] : [])]
    .map((pattern) => code.search(pattern))
    .filter((at) => at !== -1);
  return found.length === 0 ? -1 : Math.min(...found);
}
