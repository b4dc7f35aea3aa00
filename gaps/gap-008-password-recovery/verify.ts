import type { Check, NextApp } from '../../src/contract.ts';
import type { RecoveryState } from './read.ts';
import { liveChecks } from './verify/live.ts';

/** The way back in is tried where its pages and routes have the names that the runbook gives them. */
export function verifyRecovery({ apps }: RecoveryState): readonly Check[] {
  return apps
    .filter(({ by }) => by === undefined)
    .flatMap(({ signIn }) => (hasUsualNames(signIn.base.app) ? liveChecks(signIn.base.app) : []));
}

function hasUsualNames({ files }: NextApp): boolean {
  const names = [/\/api\/auth\/forgot-password\/route\.[jt]s$/, /\/forgot-password\/page\.[jt]sx?$/];
  return names.some((name) => files.some((path) => name.test(path)));
}
