import { request as send } from 'node:http';
import type { Answer, Ask, Visitor } from '../world.ts';

/** Told after every request, for the evidence. */
export type Heard = (method: string, path: string, answer: Answer) => void;

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const ADDRESS = / Visitor\/([\d.]+)$/;

/** A browser's user agent that carries the visitor's address as far as the front, which takes it off. */
export function userAgent(address: string): string {
  return `${BROWSER} Visitor/${address}`;
}

export function addressIn(agent: string): string | undefined {
  return ADDRESS.exec(agent)?.[1];
}

export function withoutAddress(agent: string): string {
  return agent.replace(ADDRESS, '');
}

/** A client of the app at `url` with cookies of its own. Middleware blocks short and tool-like user agents. */
export function createVisitor(url: string, address: string, heard: Heard): Visitor {
  const cookies = new Map<string, string>();
  const ask = async (path: string, request: Ask = {}): Promise<Answer> => {
    const { body, headers } = encode(request);
    const method = request.method ?? (body === undefined ? 'GET' : 'POST');
    const answer = await exchange(new URL(path, url), {
      method,
      body,
      seconds: request.seconds ?? 20,
      headers: { 'user-agent': userAgent(address), accept: '*/*', ...cookieHeader(cookies), ...headers },
    });
    remember(cookies, answer.headers['set-cookie'] ?? '');
    heard(method, path, answer);
    return answer;
  };
  const session = async () => {
    const { json } = await ask('/api/auth/session');
    return isObject(json) && 'user' in json ? json : undefined;
  };
  return {
    address,
    ask,
    session,
    async signIn(fields) {
      const { json } = await ask('/api/auth/csrf');
      const csrfToken = isObject(json) ? String(json.csrfToken) : '';
      const body = new URLSearchParams({ ...fields, csrfToken, callbackUrl: url, json: 'true' });
      await ask('/api/auth/callback/credentials', { body });
      return (await session()) !== undefined;
    },
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function encode({ body, headers = {} }: Ask): {
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
} {
  if (body === undefined || typeof body === 'string') return { body, headers };
  const isForm = body instanceof URLSearchParams;
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    body: isForm ? body.toString() : JSON.stringify(body),
    headers: { 'content-type': type, ...headers },
  };
}

interface Exchange {
  readonly method: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly seconds: number;
}

/** `node:http` and not fetch: a forged Host header and a foreign Origin have to be possible. */
function exchange(url: URL, { method, body, headers, seconds }: Exchange): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': `${Buffer.byteLength(body)}` };
    const request = send(url, { method, headers: { ...headers, ...length }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: response.statusCode ?? 0,
          headers: flat(response.headers),
          text,
          json: parse(text),
          milliseconds: Math.round(performance.now() - started),
        });
      });
    });
    request.setTimeout(seconds * 1000, () =>
      request.destroy(new Error(`${method} ${url.pathname} gave no answer in ${seconds} s`)),
    );
    request.on('error', reject);
    request.end(body);
  });
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join('\n')]),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cookieHeader(cookies: ReadonlyMap<string, string>): Record<string, string> {
  if (cookies.size === 0) return {};
  return { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}

function remember(cookies: Map<string, string>, lines: string): void {
  for (const line of lines.split('\n')) {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    const value = pair.slice(at + 1).trim();
    const isGone = value === '' || attributes.some((each) => /^\s*max-age=0\s*$/i.test(each));
    if (isGone) cookies.delete(name);
    else cookies.set(name, value);
  }
}
