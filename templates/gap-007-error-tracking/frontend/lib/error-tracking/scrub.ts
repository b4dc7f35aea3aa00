import { scrubText } from '@/lib/error-tracking/scrub-text';
import { isNameAlone, isSecretName } from '@/lib/error-tracking/secret-names';
import { HIDDEN } from '@/lib/error-tracking/secret-pairs';

/** Sentry's own: names and versions of packages, and what never leaves the process. */
const OWN = /^(?:sdkProcessingMetadata|sdk|modules|debug_meta|debug_id)$/;
/** What a visitor sent, wherever somebody put it. */
const SENT = /^(?:body|data\.body|headers|rawHeaders|cookies|query_string|(?:http|url)\.(?:query|fragment)|vars)$/;
const ADDRESS = /^(?:ip|ip[-_]?address|remote[-_]?addr(?:ess)?|x-forwarded-for|x-real-ip|cf-connecting-ip|forwarded)$/i;
/** Where addresses of pages and requests stand: what the query and the fragment hold is nobody's business. */
const URL_NAME = /^(?:url|uri|href|from|to|path|filename|abs_path|referr?er|request_path|(?:http|url)\.(?:url|full|target|path))$/i;
/** A line of source that was cut out of a longer one: minified, and perhaps in the middle of a secret. */
const CUT = '{snip}';

/** A report without what a visitor sent, without addresses of people and without what opens a door. */
export function scrub<Report extends object>(event: Report): Report {
  if (!isRecord(event)) return event;
  const { request, user, contexts, ...rest } = event;
  const bare = {
    ...rest,
    ...(isRecord(request) ? { request: only(request, ['method', 'url']) } : {}),
    ...(isRecord(user) ? { user: only(user, ['id']) } : {}),
    ...(isRecord(contexts) ? { contexts: withoutAnswer(contexts) } : {}),
  };
  return cleaned(bare, '', new WeakMap()) as Report;
}

/** Of what was answered, how: not what. */
function withoutAnswer({ response, ...contexts }: Record<string, unknown>): Record<string, unknown> {
  return isRecord(response) ? { ...contexts, response: only(response, ['status_code']) } : contexts;
}

function only(record: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}

function cleaned(value: unknown, name: string, seen: WeakMap<object, unknown>): unknown {
  if (typeof value === 'string') return cleanText(value, name);
  if (OWN.test(name) || !isPlain(value)) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) return cleanList(value, name, seen);
  const record: Record<string, unknown> = {};
  seen.set(value, record);
  const isField = 'value' in value && [valueOf(value, 'name'), valueOf(value, 'key')].some(isNameOfSecret);
  for (const [key, each] of Object.entries(value)) {
    const isHidden = SENT.test(key) || ADDRESS.test(key) || isSecretName(key) || (isField && key === 'value');
    record[scrubText(key)] = isHidden && holdsAnything(key, each) ? HIDDEN : cleaned(each, key, seen);
  }
  return record;
}

function cleanText(text: string, name: string): string {
  if (text.includes(CUT)) return CUT;
  return scrubText(URL_NAME.test(name) && /^(?:\/|[a-z][a-z0-9+.-]*:)/i.test(text) ? text.replace(/[?#][\s\S]*$/, '') : text);
}

/** After a name comes what goes by it: `console.error('token', token)`. */
function cleanList(list: readonly unknown[], name: string, seen: WeakMap<object, unknown>): unknown[] {
  const clean: unknown[] = [];
  seen.set(list, clean);
  list.forEach((item, index) => {
    const isValue = isNameOfSecret(list[index - 1]) && /^(?:string|number)$/.test(typeof item) && !isNameAlone(String(item));
    clean.push(isValue ? HIDDEN : cleaned(item, name, seen));
  });
  return clean;
}

function isNameOfSecret(value: unknown): boolean {
  const last = typeof value === 'string' ? /([\w.$-]+)[\s"'=:>]*$/.exec(value.slice(-100))?.[1] : undefined;
  return last !== undefined && isSecretName(last);
}

/** Whether there is something to hide; a language model's count of tokens is nothing. */
function holdsAnything(name: string, value: unknown): boolean {
  if (value === undefined || value === null || value === '' || typeof value === 'boolean') return false;
  return !(typeof value === 'number' && /tokens$/i.test(name));
}

function valueOf(value: object, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isPlain(value) && !Array.isArray(value);
}

/** Instances of classes are Sentry's own, and never leave the process. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
