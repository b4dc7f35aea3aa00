import type { NextApp } from '../../../src/contract.ts';
import type { Answer, Ask, Visitor } from '../../../src/world.ts';

/** A method of a named route, and how it is asked. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** What is right: the body, or the query. */
  readonly input: Readonly<Record<string, unknown>>;
  /** What is not; absent where nothing is taken. */
  readonly wrong?: Readonly<Record<string, unknown>>;
  readonly role?: 'OWNER';
  /** Whether a service answers. */
  readonly isHandedOn: boolean;
  /** Requests of one person and minute; absent where the front of the app counts. */
  readonly perMinute?: number;
}

const CALLS: readonly Call[] = [
  {
    method: 'POST',
    path: '/api/deploy',
    input: { plugId: 'plug-1' },
    wrong: { plugId: { $ne: 1 } },
    isHandedOn: true,
    perMinute: 10,
  },
  {
    method: 'POST',
    path: '/api/make-it-mine',
    input: {
      templateId: 'crm',
      projectName: 'Mine',
      industry: 'construction',
      branding: { primaryColor: '#fff', secondaryColor: '#000', companyName: 'Ada & Co.' },
    },
    wrong: { templateId: ['crm'] },
    isHandedOn: true,
    perMinute: 10,
  },
  {
    method: 'GET',
    path: '/api/make-it-mine',
    input: { templateId: 'crm&role=owner', industry: 'a b' },
    wrong: { industry: 'construction' },
    isHandedOn: true,
    perMinute: 60,
  },
  { method: 'GET', path: '/api/boomerangs', input: {}, isHandedOn: true, perMinute: 60 },
  {
    method: 'POST',
    path: '/api/acheevy/diy',
    input: { message: 'How do I hang a shelf' },
    wrong: { message: 5 },
    isHandedOn: true,
    perMinute: 20,
  },
  { method: 'GET', path: '/api/admin/api-keys', input: {}, role: 'OWNER', isHandedOn: true },
  {
    method: 'POST',
    path: '/api/invite',
    input: { email: 'nobody@aims.test' },
    wrong: { email: ['a@aims.test', 'b@aims.test'] },
    role: 'OWNER',
    isHandedOn: false,
    perMinute: 10,
  },
];

/** The calls that an app has routes for. */
export function callsOf({ appDir = '', files }: NextApp): readonly Call[] {
  return CALLS.filter(({ path }) => files.includes(`${appDir}${path}/route.ts`));
}

/** `POST /api/deploy` */
export function nameOf({ method, path }: Call): string {
  return `${method} ${path}`;
}

/** Asks with the right input, or with another one. */
export function ask(visitor: Visitor, call: Call, input = call.input, more: Ask = {}): Promise<Answer> {
  if (call.method === 'POST') return visitor.ask(call.path, { body: input, ...more });
  const query = new URLSearchParams(
    Object.entries(input).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return visitor.ask(`${call.path}?${query}`, more);
}
