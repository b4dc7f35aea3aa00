import type { Finding, Findings } from '../../src/contract.ts';
import { basename, join } from '../../src/repo/paths.ts';
import type { Blank } from './read/blank-environment.ts';
import type { AppUsers, UsersState } from './read.ts';

/** What can be wrong with the users of an app. */
export type Code =
  | 'no-user-store'
  | 'unused-user-store'
  | 'any-password'
  | 'maybe-any-password'
  | 'inert-form'
  | 'blank-environment'
  | 'foreign-port';

/** Turns what was read into findings. */
export function detectUsers({ apps }: UsersState): Findings<Code> {
  const findings = apps.flatMap((app) => [
    ...storeFindings(app),
    ...doorFindings(app),
    ...app.inertForms.map(
      ({ path, at, form }): Finding<Code> => ({ code: 'inert-form', path, at, data: { form } }),
    ),
    ...blankFindings(app.blanks),
    ...portFindings(app),
  ]);
  const reasons = apps.flatMap(({ accounts: { users } }) => (users ? [`${users.how} (${users.path})`] : []));
  return { findings, ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}) };
}

function storeFindings({ accounts, signIn, declared }: AppUsers): readonly Finding<Code>[] {
  if (accounts.users) return [];
  const { configs, mounted, handlers, pages, base } = signIn;
  const file = handlers[0] ?? pages[0] ?? join(base.app.dir, 'package.json');
  const config = mounted[0] ?? configs[0] ?? { path: file, at: 0 };
  if (!declared) return [{ code: 'no-user-store', path: config.path, at: config.at }];
  const { path, at } = declared;
  return [{ code: 'unused-user-store', path, at, data: { config: basename(config.path) } }];
}

function doorFindings({ accounts }: AppUsers): readonly Finding<Code>[] {
  return accounts.open.map(({ path, at, setting }) =>
    setting === undefined
      ? { code: 'any-password', path, at }
      : { code: 'maybe-any-password', path, at, data: { setting } },
  );
}

/** One finding for each stack that blanks something. */
function blankFindings(blanks: readonly Blank[]): readonly Finding<Code>[] {
  const stacks = [...new Set(blanks.map(({ deployed }) => deployed.path))];
  return stacks.map((path) => {
    const own = blanks.filter(({ deployed }) => deployed.path === path);
    const first = own.find(({ answer }) => answer.path === path)?.answer ?? own[0]?.answer;
    return {
      code: 'blank-environment',
      path,
      at: first?.path === path ? first.at : 0,
      data: {
        services: list(own.map(({ deployed }) => deployed.service.name)),
        names: shortList(own.map(({ name }) => name)),
        scripts: list(own.flatMap(({ deployed }) => deployed.commands.map(({ script }) => script))),
        files: list(own.map(({ file }) => file)),
      },
    };
  });
}

/** One finding for each service that listens where nobody asks. */
function portFindings({ ports }: AppUsers): readonly Finding<Code>[] {
  return ports.map(({ deployed, port, expected, file }) => ({
    code: 'foreign-port',
    path: deployed.path,
    at: deployed.service.at,
    data: { service: deployed.service.name, port, expected, file },
  }));
}

const MOST = 4;

/** Enough to see what it is about. */
function shortList(values: readonly string[]): string {
  const all = [...new Set(values)];
  return all.length > MOST
    ? `${all.slice(0, MOST).join(', ')} and ${all.length - MOST} more`
    : all.join(', ');
}

function list(values: readonly string[]): string {
  return [...new Set(values)].join(', ');
}
