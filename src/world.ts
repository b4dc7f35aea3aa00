import type { Page } from 'playwright-core';

/**
 * What a live check may ask for. `app` is the built application, booted as its production image would; the
 * others are started once, shared, and stopped always.
 * - `redis`: a real redis-server with a password, its URL in REDIS_URL
 * - `gateway`: answers for every other Compose service that the app's environment names
 * - `mail`: speaks the Resend API; RESEND_API_KEY, EMAIL_FROM and RESEND_BASE_URL are for it
 * - `errors`: speaks Sentry's envelope protocol; SENTRY_DSN and NEXT_PUBLIC_SENTRY_DSN point at it
 * - `browser`: Chromium
 */
export type Service = 'app' | 'redis' | 'gateway' | 'mail' | 'errors' | 'browser';

/** A file that stands in the scratch copy only, put there before the build: a page that throws, for instance. */
export interface Probe {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly text: string;
}

export interface RunOptions {
  /** Relative to the root of the scratch copy; default its root. */
  readonly dir?: string;
  /** Added to a bare environment: PATH, HOME, a temporary folder. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Default 120. */
  readonly seconds?: number;
}

/** What a program said. `exitCode` is undefined when it was stopped for taking too long. */
export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** The scratch copy of the repository: what a check changes here is put back when it ends. */
export interface Scratch {
  /** Absolute, for programs that want it. */
  readonly dir: string;
  /** Runs a program; an exit code is an answer, not an error. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** The text of a file, or undefined. Paths are relative to the root of the scratch copy. */
  read(path: string): Promise<string | undefined>;
  write(path: string, text: string, mode?: 0o644 | 0o755): Promise<void>;
  remove(path: string): Promise<void>;
  /** Waits. */
  sleep(milliseconds: number): Promise<void>;
}

export interface Ask {
  /** Default GET, or POST when there is a body. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, URLSearchParams as a form, a string as it stands. */
  readonly body?: string | URLSearchParams | object;
  /** Default 20. */
  readonly seconds?: number;
}

/** An answer over HTTP; redirects are not followed. */
export interface Answer {
  readonly status: number;
  /** Names in lower case; several Set-Cookie are joined by a line break. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON, or undefined. */
  readonly json: unknown;
  readonly milliseconds: number;
}

/** A client with cookies and an address (X-Forwarded-For) of its own, and a browser's user agent. */
export interface Visitor {
  readonly address: string;
  ask(path: string, ask?: Ask): Promise<Answer>;
  /** Signs in through NextAuth's credentials; true when a session came of it. */
  signIn(fields: Readonly<Record<string, string>>): Promise<boolean>;
  /** What /api/auth/session says of this visitor: undefined for nobody. */
  session(): Promise<Readonly<Record<string, unknown>> | undefined>;
}

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export interface MailBox {
  /** The next mail to that address which was not handed out yet; undefined after `seconds` (default 10). */
  next(to: string, seconds?: number): Promise<Mail | undefined>;
  /** Every mail so far. */
  all(): readonly Mail[];
  /** While set, every request to send is answered with this status. */
  fail(status: number | undefined): void;
}

/** One item of an envelope: `payload` is its JSON text. */
export interface ErrorItem {
  readonly type: string;
  readonly payload: string;
}

export interface ErrorSink {
  /** The first item of type `event` that holds the text; undefined after `seconds` (default 30). */
  next(text: string, seconds?: number): Promise<ErrorItem | undefined>;
  all(): readonly ErrorItem[];
}

export interface GatewayCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Gateway {
  /** A random word that stands in every answer: seen on a page, the page shows what came from the gateway. */
  readonly mark: string;
  readonly calls: readonly GatewayCall[];
  /** Answers differently from now on, until the check ends; `hang` never answers. */
  answer(how: { readonly status: number; readonly body: unknown } | 'hang' | 'default'): void;
}

export interface Redis {
  readonly url: string;
  /** One command, its answer as redis-cli prints it raw. */
  command(...words: readonly string[]): Promise<string>;
  stop(): Promise<void>;
  /** Starts it again with the data it had. */
  start(): Promise<void>;
}

/** A rule of axe-core that a page breaks (dequeuniversity.com/rules/axe), with the selectors of what breaks it. */
export interface AxeFinding {
  readonly rule: string;
  readonly places: readonly string[];
}

/** What a live check works with. A service that the check did not ask for throws when it is touched. */
export interface World extends Scratch {
  /** Where visitors reach the app: a proxy stands in front of it, as nginx does in production. */
  readonly url: string;
  /** The folder that the app was booted in: what the image calls its WORKDIR. */
  readonly home: string;
  /** The environment that the app was booted with. */
  readonly env: Readonly<Record<string, string>>;
  visitor(): Visitor;
  /** A page in a browser context of its own, closed when the check ends. */
  page(): Promise<Page>;
  /** What axe-core finds wrong on a page as it is now. */
  axe(page: Page): Promise<readonly AxeFinding[]>;
  /** Keeps a screenshot in the evidence. */
  picture(page: Page, name: string): Promise<void>;
  /** Stops the app and boots it again in the same folder. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  /** What the app wrote to stdout and stderr so far. */
  log(): string;
  /** Rows of a query on a SQLite file, read with the app's own better-sqlite3. `file` as the app names it. */
  rows(file: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly mail: MailBox;
  readonly errors: ErrorSink;
  readonly gateway: Gateway;
  readonly redis: Redis;
}
