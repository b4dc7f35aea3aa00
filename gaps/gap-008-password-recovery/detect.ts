import { CLOSED, type Finding, type Findings } from '../../src/contract.ts';
import { dirname, join } from '../../src/repo/paths.ts';
import type { Handler } from './read/reset-code.ts';
import type { AppRecovery, RecoveryState } from './read.ts';

/** What can be missing or unsafe of a way back in. */
export type Code =
  | 'no-forgot-page'
  | 'inert-form'
  | 'no-request-handler'
  | 'no-reset-handler'
  | 'no-reset-page'
  | 'no-mail'
  | 'logged-link'
  | 'no-expiry'
  | 'raw-token'
  | 'reusable-token'
  | 'takeover-route';

/** Turns what was read into findings. */
export function detectRecovery({ apps }: RecoveryState): Findings<Code> {
  const findings = apps.flatMap(findingsOf);
  const reasons = apps.flatMap(({ by, server }) => by ?? (server === undefined ? [] : servedBy(server)));
  if (findings.length === 0 && reasons.length === 0) return CLOSED;
  return { findings, ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}) };
}

function findingsOf(app: AppRecovery): readonly Finding<Code>[] {
  const inert = app.inertForms.map(
    ({ path, at, form }): Finding<Code> => ({
      code: 'inert-form',
      path,
      at,
      data: { form },
    }),
  );
  const takeovers = app.takeovers.map((takeover): Finding<Code> => ({ code: 'takeover-route', ...takeover }));
  const rest = app.by === undefined ? [...missing(app), ...unsafe(app)] : [];
  const served = app.served.map(({ path, at }): Finding<Code> => ({ code: 'raw-token', path, at }));
  const again = app.servedAgain.map(({ path, at }): Finding<Code> => ({ code: 'reusable-token', path, at }));
  return [...inert, ...rest, ...served, ...again, ...takeovers];
}

function servedBy(path: string): string {
  return `a backend of this repository resets the password (${path})`;
}

function missing({ signIn, backend, server, pages, request, reset }: AppRecovery): readonly Finding<Code>[] {
  const { appDir, pagesDir, typescript } = signIn.base.app;
  const [view, code] = typescript ? ['tsx', 'ts'] : ['jsx', 'js'];
  const api = (name: string) =>
    appDir === undefined
      ? join(pagesDir ?? '', `api/auth/${name}.${code}`)
      : join(appDir, `api/auth/${name}/route.${code}`);
  const [beside] = [pages.ask ?? signIn.pages[0] ?? ''].filter((path) => /\/page\.\w+$/.test(path));
  const folder = beside === undefined ? '' : dirname(dirname(beside));
  const page = (name: string) =>
    appDir === undefined
      ? join(pagesDir ?? '', `${name}.${view}`)
      : join(folder.startsWith(appDir) ? folder : appDir, `${name}/page.${view}`);
  const findings: Finding<Code>[] = [];
  if (!pages.ask) findings.push({ code: 'no-forgot-page', path: page('forgot-password') });
  // Whoever keeps the passwords has to serve it.
  const handler = (name: string) => (backend ? { path: backend.path, at: backend.at } : { path: api(name) });
  if (!request && !server) findings.push({ code: 'no-request-handler', ...handler('forgot-password') });
  if (!reset && !server) findings.push({ code: 'no-reset-handler', ...handler('reset-password') });
  if (!pages.reset) findings.push({ code: 'no-reset-page', path: page('reset-password') });
  return findings;
}

function unsafe({ signIn, takeovers, ...recovery }: AppRecovery): readonly Finding<Code>[] {
  // What a backend of another make does is not followed into its services.
  const own = <T extends Handler>(handler: T | undefined) =>
    handler && signIn.base.code.includes(handler.path) ? handler : undefined;
  const [request, reset] = [own(recovery.request), own(recovery.reset)];
  const findings: Finding<Code>[] = [];
  const at = (code: Code, { path, at }: { readonly path: string; readonly at: number }) =>
    findings.push({ code, path, at });
  if (request && !request.mails) at('no-mail', request);
  if (request?.logged) at('logged-link', request.logged);
  if (request && !request.expires) at('no-expiry', request);
  if (request?.keepsRaw) at('raw-token', request);
  for (const other of recovery.others.flatMap((each) => own(each) ?? [])) {
    if (!other.expires) at('no-expiry', other);
    if (other.keepsRaw) at('raw-token', other);
  }
  // Where nobody asks for the token, it does not matter how long it works.
  const asksNothing = takeovers.some(({ path }) => path === reset?.path);
  if (reset && !reset.singleUse && !asksNothing) at('reusable-token', reset);
  return findings;
}
