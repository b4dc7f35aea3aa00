/** What a name stands for where Compose fills it in; undefined where it is not set. */
export type Lookup = (name: string) => string | undefined;

/** A text with its `${…}` filled in. */
export interface Interpolated {
  readonly value: string;
  /** Names that were not set and left a blank behind, each once. */
  readonly blank: readonly string[];
  /** Names that were not set and have a default, each once. */
  readonly defaulted: readonly string[];
  /** Names whose value became part of the text, each once. */
  readonly used: readonly string[];
  /** A required name that is not set (`${X:?}`): Compose stops there. */
  readonly missing?: string;
}

/** Deeper nesting is nobody's configuration. */
const MAX_DEPTH = 20;
const NAME = /[A-Za-z_]\w*/y;
const OPERATOR = /:?[-?+]/y;

/**
 * Compose's interpolation, nested too: `$X`, `${X}`, `${X:-y}`, `${X-y}`, `${X:?y}`, `${X?y}`, `${X:+y}`, `${X+y}`,
 * `$$`. What is no variable stays as it is (https://docs.docker.com/reference/compose-file/interpolation/).
 */
export function interpolate(text: string, lookup: Lookup): Interpolated {
  const blank = new Set<string>();
  const defaulted = new Set<string>();
  const used = new Set<string>();
  let missing: string | undefined;
  let value = '';
  let at = 0;
  for (let dollar = text.indexOf('$'); dollar !== -1; dollar = text.indexOf('$', at)) {
    value += text.slice(at, dollar);
    const piece = readVariable(text, dollar);
    at = piece?.end ?? dollar + 1;
    if (piece === undefined) {
      value += text.slice(dollar, at);
      continue;
    }
    const filled = piece.name === undefined ? literal('$') : fill(piece, lookup);
    value += filled.value;
    for (const name of filled.blank) blank.add(name);
    for (const name of filled.defaulted) defaulted.add(name);
    for (const name of filled.used) used.add(name);
    missing ??= filled.missing;
  }
  return {
    value: value + text.slice(at),
    blank: [...blank],
    defaulted: [...defaulted],
    used: [...used],
    ...(missing === undefined ? {} : { missing }),
  };
}

interface Variable {
  /** Undefined for `$$`. */
  readonly name: string | undefined;
  readonly operator: string;
  readonly operand: string;
  readonly end: number;
}

function readVariable(text: string, dollar: number): Variable | undefined {
  if (text[dollar + 1] === '$') return { name: undefined, operator: '', operand: '', end: dollar + 2 };
  const braced = text[dollar + 1] === '{';
  const name = matchAt(NAME, text, dollar + (braced ? 2 : 1));
  if (name === undefined) return undefined;
  const after = dollar + (braced ? 2 : 1) + name.length;
  if (!braced) return { name, operator: '', operand: '', end: after };
  const operator = matchAt(OPERATOR, text, after) ?? '';
  const close = closingBrace(text, after + operator.length);
  const operand = text.slice(after + operator.length, close);
  if (close === undefined || (operator === '' && operand !== '')) return undefined;
  return { name, operator, operand, end: close + 1 };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function closingBrace(text: string, from: number): number | undefined {
  let open = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith('${', at)) open += 1;
    else if (text[at] === '}') open -= 1;
    if (open === 0) return at;
    if (open > MAX_DEPTH) return undefined;
  }
  return undefined;
}

function fill({ name = '', operator, operand }: Variable, lookup: Lookup): Interpolated {
  const found = lookup(name);
  const isSet = operator.startsWith(':') ? found !== undefined && found !== '' : found !== undefined;
  const inner = () => interpolate(operand, lookup);
  if (operator.endsWith('+')) return isSet ? inner() : literal('');
  if (isSet) return { ...literal(found ?? ''), used: [name] };
  if (operator.endsWith('-')) return withDefault(name, inner());
  const nothing = { ...literal(found ?? ''), blank: found === undefined ? [name] : [] };
  return operator === '' ? nothing : { ...nothing, missing: name };
}

function withDefault(name: string, inner: Interpolated): Interpolated {
  return { ...inner, defaulted: [name, ...inner.defaulted] };
}

function literal(value: string): Interpolated {
  return { value, blank: [], defaulted: [], used: [] };
}
