import { escaped } from '../../../src/repo/escaped.ts';
import {
  CHOICE,
  LEFT_TO_DO,
  MOCK_NAME,
  MOCK_ON_PURPOSE,
  MOCKS_ADDRESS,
  REAL_SOURCE,
  SAYS_STUB,
} from '../tables.ts';
import type { Handler } from './handlers.ts';

/** Why a handler is a stub, in words for the finding. */
export type StubReason =
  | 'answers 501'
  | 'answers that it is not implemented'
  | 'answers with mock data'
  | 'does nothing yet: its own comment says so';

/** Handlers of a route that are stubs for one reason. */
export interface Stub {
  readonly reason: StubReason;
  readonly handlers: readonly Handler[];
}

/** The handlers whose only answer is that they do nothing, or invented data; none where that is not certain. */
export function stubsOf(url: string, handlers: readonly Handler[], comments: string): readonly Stub[] {
  if (MOCKS_ADDRESS.test(url)) return [];
  const byReason = new Map<StubReason, Handler[]>();
  for (const handler of handlers) {
    const reason = reasonIn(handler.own, handlers.length === 1 ? comments : '');
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), handler]);
  }
  return [...byReason].map(([reason, found]) => ({ reason, handlers: found }));
}

function reasonIn(code: string, comments: string): StubReason | undefined {
  if (!CHOICE.test(code)) {
    if (/\bstatus\s*:\s*501\b|\.status\(\s*501\s*\)/.test(code)) return 'answers 501';
    if (SAYS_STUB.test(code)) return 'answers that it is not implemented';
    if (LEFT_TO_DO.test(comments) && doesNothing(code)) return 'does nothing yet: its own comment says so';
  }
  const isMock = MOCK_NAME.test(code) && !MOCK_ON_PURPOSE.test(code) && !REAL_SOURCE.test(code);
  return isMock && isAnswered(code) ? 'answers with mock data' : undefined;
}

/** Calls that read the request or make the answer; every other one does something. */
const IDLE_CALL =
  /^(?:function|async|if|for|return|GET|POST|PUT|PATCH|DELETE|handler|json|text|formData|NextResponse|Response|Date|now|toISOString|String|Number|get|log|warn|error|info|debug|status|send|end|setHeader|stringify)$/;

/** Whether a handler calls nothing but what an answer is made with. */
function doesNothing(code: string): boolean {
  const calls = [...code.matchAll(/(?<![\w$])([\w$]+)\s*(?:<[^>()]{0,100}>)?\(/g)].map(
    ([, name = '']) => name,
  );
  return code !== '' && calls.every((name) => IDLE_CALL.test(name));
}

/** Whether what is called a mock is in the answer, itself or under the name that it was given. */
function isAnswered(code: string): boolean {
  const answers = [...code.matchAll(/\b(?:json|send)\(/g)].map(
    ({ index }) => code.slice(index).split(';', 1)[0] ?? '',
  );
  const names = [...code.matchAll(/\b(?:const|let)\s+(\w+)(?!\w)[^=;]{0,500}=([^;]*)/g)].flatMap(
    ([, name = '', value = '']) => (MOCK_NAME.test(value) ? [name] : []),
  );
  return answers.some(
    (answer) =>
      MOCK_NAME.test(answer) || names.some((name) => new RegExp(`\\b${escaped(name)}\\b`).test(answer)),
  );
}
