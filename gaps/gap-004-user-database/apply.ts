import type { Edit, Finding, Fix } from '../../src/contract.ts';
import { type Besides, besides } from '../../src/edit/also-changes.ts';
import { mergeSplices } from '../../src/edit/spans.ts';
import { environmentFix } from './apply/environment/environment.ts';
import { portFix } from './apply/environment/port.ts';
import { addsUserStore } from './apply/store/library.ts';
import { usersFix } from './apply/users.ts';
import type { Code } from './detect.ts';
import type { AppUsers, UsersState } from './read.ts';

const BESIDES: readonly Besides[] = [
  [
    /\.sh$/,
    'Hands the env file to every Compose call of {{path}}: variables of the stack that were blank get values. Where the script has a place for it, it first stops while that file lacks what the stack needs.',
  ],
  [
    /(^|\/)lib\/auth\w*\.ts$/,
    'Ends the sessions of before; sign-up, with Google too, stays closed until SIGN_UP=open is set, and with a password until mail can be sent. The schema stands as migrations in lib/db/migrations.ts, where the runbook has one lib/db/schema.ts: a table that is there can change.',
  ],
];

/** True of the stacks that are edited where a users' database comes with the edits. */
const VOLUME: Besides = [/\.ya?ml$/, "Mounts a volume for the users' database in {{path}}."];

/** Closes what is wanted: the users of each app, then what the stack leaves of their environment. */
export function applyUsers({ repo, apps }: UsersState, wanted: readonly Finding<Code>[]): Fix {
  const ofStack = (code: Code) => code === 'blank-environment' || code === 'foreign-port';
  const others = wanted.filter(({ code }) => !ofStack(code));
  const fixes = apps.flatMap((users) => {
    const own = others.filter(({ path }) => ownerOf(apps, path) === users);
    return own.length > 0 ? [usersFix(repo, users, own)] : [];
  });
  const isUserStoreNew = fixes.some(addsUserStore);
  const blanks = apps
    .flatMap((users) => users.blanks)
    .filter(({ deployed }) => isWanted(wanted, 'blank-environment', deployed.path));
  const ports = apps
    .flatMap((users) => users.ports)
    .filter(({ deployed }) => isWanted(wanted, 'foreign-port', deployed.path, deployed.service.at));
  fixes.push(environmentFix(repo, blanks, { isUserStoreNew }), portFix(repo, ports));
  const edits = mergeSplices(fixes.flatMap((fix) => fix.edits));
  const { alsoChanges = [] } = besides(edits, isUserStoreNew ? [...BESIDES, VOLUME] : BESIDES);
  return {
    edits,
    alsoChanges: [...alsoChanges, ...setVariables(edits)],
    dependencies: fixes.flatMap(({ dependencies = [] }) => dependencies),
    manual: fixes.flatMap(({ manual = [] }) => manual),
  };
}

function isWanted(wanted: readonly Finding<Code>[], code: Code, path: string, at?: number): boolean {
  return wanted.some(
    (finding) => finding.code === code && finding.path === path && (at === undefined || finding.at === at),
  );
}

/** A finding in a package that several apps share is the first one's. */
function ownerOf(apps: readonly AppUsers[], path: string): AppUsers | undefined {
  return apps.find(({ signIn }) => signIn.base.app.files.includes(path)) ?? apps[0];
}

/** What the services of a stack get besides, by the names that its file sets from now on. */
function setVariables(edits: readonly Edit[]): readonly string[] {
  return edits.flatMap((edit) => {
    if (edit.kind !== 'splice' || !/\.ya?ml$/.test(edit.path)) return [];
    const names = edit.spans.flatMap(({ text }) =>
      [...text.matchAll(/^[ \t]*(?:-[ \t]*)?["']?([A-Z][A-Z0-9_]+)["']?\s*[=:]/gm)].flatMap(
        ([, name]) => name ?? [],
      ),
    );
    return names.length === 0 ? [] : [`Sets ${[...new Set(names)].join(' and ')} in ${edit.path}.`];
  });
}
