import { scrubText } from '@/lib/error-tracking/scrub-text';
import { isNameAlone, isRequestPart, isSecretName } from '@/lib/error-tracking/secret-names';
import { HIDDEN } from '@/lib/error-tracking/secret-pairs';

/** Sentry's own data: package names and versions, and data that never leaves the process. */
const OWN = ['sdk', 'modules', 'debug_meta', 'sdkProcessingMetadata'];
const ADDRESS = /^(?:ip|forwarded)$/i;
/** Keys whose values are URLs, which lose their query and fragment. */
const URL_NAME =
  /^(?:url|uri|href|from|to|path|filename|abs_path|referr?er|request_path|(?:http|url)\.(?:url|full|target|path))$/i;
/** Marks a line of minified source that Sentry truncated, perhaps in the middle of a secret. */
const CUT = '{snip}';

/** Removes what the visitor sent, and any secrets and personal addresses in texts, from a report. */
export function scrub<Report extends object>(event: Report): Report {
  if (!isRecord(event)) return event;
  const { request, user, contexts, ...rest } = event;
  const told = {
    ...only(rest, (name) => !OWN.includes(name)),
    ...(isRecord(request) ? { request: only(request, (name) => /^(?:method|url)$/.test(name)) } : {}),
    ...(isRecord(user) ? { user: only(user, (name) => name === 'id') } : {}),
    ...(isRecord(contexts) ? { contexts: withoutAnswer(contexts) } : {}),
  };
  const clean = cleaned(told, '', new WeakMap());
  return Object.assign(
    {},
    clean,
    only(rest, (name) => OWN.includes(name)),
  ) as Report;
}

/** Keeps only the status code of the response. */
function withoutAnswer({ response, ...contexts }: Record<string, unknown>): Record<string, unknown> {
  return isRecord(response) ? { ...contexts, response: only(response, (name) => name === 'status_code') } : contexts;
}

function only(record: Record<string, unknown>, isKept: (name: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => isKept(name)));
}

function cleaned(value: unknown, name: string, seen: WeakMap<object, unknown>): unknown {
  if (typeof value === 'string') return cleanText(value, name);
  if (!isPlain(value)) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) return cleanList(value, name, seen);
  const record: Record<string, unknown> = {};
  seen.set(value, record);
  const isField = 'value' in value && [valueOf(value, 'name'), valueOf(value, 'key')].some(isNameOfSecret);
  for (const [key, each] of Object.entries(value)) {
    const isHidden = isRequestPart(key) || ADDRESS.test(key) || isSecretName(key) || (isField && key === 'value');
    record[scrubText(key)] = isHidden && holdsAnything(key, each) ? HIDDEN : cleaned(each, key, seen);
  }
  return record;
}

function cleanText(text: string, name: string): string {
  if (text.includes(CUT)) return CUT;
  return scrubText(
    URL_NAME.test(name) && /^(?:\/|[a-z][a-z0-9+.-]*:)/i.test(text) ? text.replace(/[?#][\s\S]*$/, '') : text,
  );
}

/** Hides items that follow the name of a secret, as in `console.error('token', token)`. */
function cleanList(list: readonly unknown[], name: string, seen: WeakMap<object, unknown>): unknown[] {
  const clean: unknown[] = [];
  seen.set(list, clean);
  list.forEach((item, index) => {
    const isValue =
      isNameOfSecret(list[index - 1]) && /^(?:string|number)$/.test(typeof item) && !isNameAlone(String(item));
    clean.push(isValue ? HIDDEN : cleaned(item, name, seen));
  });
  return clean;
}

function isNameOfSecret(value: unknown): boolean {
  const last = typeof value === 'string' ? /([\w.$-]+)[\s"'=:>]*$/.exec(value.slice(-100))?.[1] : undefined;
  return last !== undefined && isSecretName(last);
}

/** Whether the value reveals anything. A language model's token count does not. */
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

/** Class instances are Sentry's own and never leave the process. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
