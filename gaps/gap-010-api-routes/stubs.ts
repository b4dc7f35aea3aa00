import type { NextApp, Repo } from '../../src/contract.ts';
import { blankComments } from '../../src/read/code/comments.ts';
import type { RouteHandlers } from '../../src/read/next/next-routes.ts';
import { codeOf } from './code.ts';
import { entriesOf } from './lacks.ts';

/** Why a handler is a stub, in words for the finding. */
export type StubReason = 'answers 501' | 'answers that it is not implemented' | 'answers with mock data';

/** A way out of the handler, or a choice: what comes after it is only one of several answers. */
const CHOICE = /\bif\s*\(|\bswitch\s*\(|\?(?![.?])|\bcatch\b|&&|\|\|/;
const MOCK = /\b(?:MOCK|FAKE|DUMMY)_[A-Z]\w*|\bmock(?:[A-Z]\w*|s)\b|\bdummy[A-Z]\w*/;
/** Mock data on purpose: a switch, a demo, a development fallback. */
const ON_PURPOSE = /process\.env|\bdemo|isDev|useMock|USE_MOCK|enableMock/i;

/** Whether the only thing that a handler of the route does is to say that it does nothing; undefined when not certain. */
export function stubReason(repo: Repo, app: NextApp, route: RouteHandlers): StubReason | undefined {
  const text = repo.peek(route.path) ?? '';
  if (!/501|implemented|mock|fake|dummy/i.test(text)) return undefined;
  if (/(^|[/-])(mocks?|demo|examples?|msw|storybook)([/-]|$)/.test(route.url)) return undefined;
  for (const method of entriesOf(route)) {
    const reason = reasonIn(codeOf(repo, app, route.path, method, 0));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function reasonIn(code: string): StubReason | undefined {
  if (!CHOICE.test(code)) {
    if (/\bstatus\s*:\s*501\b|\.status\(\s*501\s*\)/.test(code)) return 'answers 501';
    if (/['"`][^'"`\n]*\bnot (?:yet )?implemented\b/i.test(code)) return 'answers that it is not implemented';
  }
  const isMock =
    MOCK.test(code) && !ON_PURPOSE.test(code) && !/\bfetch\(|\bprisma\b|\bdb\.|\.query\(/.test(code);
  return isMock && isAnswered(code) ? 'answers with mock data' : undefined;
}

/** Whether what is called a mock is in the answer, itself or under the name that it was given. */
function isAnswered(code: string): boolean {
  const answers = [...code.matchAll(/\b(?:json|send)\(/g)].map(
    ({ index }) => code.slice(index).split(';', 1)[0] ?? '',
  );
  const names = [...code.matchAll(/\b(?:const|let)\s+(\w+)[^=;]*=([^;]*)/g)].flatMap(
    ([, name = '', value = '']) => (MOCK.test(value) ? [name] : []),
  );
  return answers.some(
    (answer) => MOCK.test(answer) || names.some((name) => new RegExp(`\\b${name}\\b`).test(answer)),
  );
}

/** Read as text, without following names: a file that says 501 or "not implemented", or declares mock data. */
export function saysStub(text: string): boolean {
  const code = blankComments(text);
  return /\b501\b|\bnot (?:yet )?implemented\b/i.test(code) || (MOCK.test(code) && !ON_PURPOSE.test(code));
}
