import type { Edit, Fix, FixStep, ManualStep, Repo } from '../../../src/contract.ts';
import { splice } from '../../../src/edit/spans.ts';
import { appendLines } from '../../../src/edit/text.ts';
import { checkoutsOf } from '../../../src/read/deploy/checkouts.ts';
import { ignoreRuleFor } from '../../../src/read/product/gitignore.ts';
import { dirname, join } from '../../../src/repo/paths.ts';
import { template } from '../../../src/repo/templates.ts';
import type { ScriptStack } from '../read/script-stack.ts';

const GAP = 'gap-006-database-backups';
const COMMON = 'scripts/backup-common.sh';
/** What is started, by cron and by hand. */
export const BACKUP = 'scripts/backup.sh';
export const RESTORE = 'scripts/restore.sh';
const CRON = 'infra/cron/database-backup';
const IGNORED = '/backups/';

/** The scripts, the cron file and the line that keeps archives out of git; in words where a file is in the way. */
export function scriptsFix(repo: Repo, stack: ScriptStack): Fix | { readonly refused: string } {
  const cron = join(dirname(stack.path), 'cron/database-backup');
  const checkouts = checkoutsOf(repo);
  const edits: readonly (Edit & { readonly kind: 'create' })[] = [
    { kind: 'create', path: COMMON, text: commonFor(stack) },
    { kind: 'create', path: BACKUP, text: template(`${GAP}/${BACKUP}`), mode: 0o755 },
    { kind: 'create', path: RESTORE, text: template(`${GAP}/${RESTORE}`), mode: 0o755 },
    { kind: 'create', path: cron, text: cronFor(cron, checkouts) },
  ];
  const conflict = edits.find(({ path }) => repo.occupied(path));
  if (conflict) return { refused: `${conflict.path} is there already` };
  return {
    edits: [...edits, ...ignoreEdits(repo)],
    manual: [
      installStep(cron, checkouts),
      WATCH,
      ...secretsSteps(stack),
      ...hiddenSteps(
        repo,
        edits.map(({ path }) => path),
      ),
      ...stack.extraFolders.map(volumeStep),
      AWAY,
    ],
  };
}

/** The parameters of the scripts are the first lines of the file that they share. */
function commonFor({ path, fillingFiles, extraFolders, leftOut }: ScriptStack): string {
  const list = (name: string, items: readonly string[]) =>
    items.length === 0 ? `${name}=()` : `${name}=(${items.map((item) => `'${item}'`).join(' ')})`;
  return template(`${GAP}/${COMMON}`)
    .replace(/^COMPOSE_PATH=.*$/m, () => `COMPOSE_PATH='${path}'`)
    .replace(/^ENV_FILES=.*$/m, () => list('ENV_FILES', fillingFiles))
    .replace(/^EXTRA_FOLDERS=.*$/m, () => list('EXTRA_FOLDERS', extraFolders))
    .replace(/^LEFT_OUT=.*$/m, () => list('LEFT_OUT', leftOut));
}

function ignoreEdits(repo: Repo): readonly Edit[] {
  if (ignoreRuleFor(repo, 'backups/backup.tar.gz')) return [];
  const comment = '# Archives of scripts/backup.sh';
  if (!repo.occupied('.gitignore'))
    return [{ kind: 'create', path: '.gitignore', text: `${comment}\n${IGNORED}\n` }];
  const outcome = appendLines(repo.text('.gitignore'), [IGNORED], comment);
  return 'spans' in outcome && outcome.spans.length > 0 ? [splice(repo, '.gitignore', outcome.spans)] : [];
}

/** The checkout is where the repository says, or where a placeholder stands. */
function cronFor(path: string, checkouts: readonly string[]): string {
  const text = template(`${GAP}/${CRON}`).replaceAll(CRON, path);
  const [checkout] = checkouts;
  return checkouts.length === 1 ? text.replace(/^CHECKOUT=.*$/m, () => `CHECKOUT=${checkout}`) : text;
}

function installStep(cron: string, checkouts: readonly string[]): ManualStep {
  const said: Readonly<Record<number, string>> = {
    0: 'nothing in the repository says where',
    1: `the repository says ${checkouts[0]}`,
  };
  return {
    title: `On the server, from the root of the checkout, run scripts/backup.sh once by hand, then: sed "s|^CHECKOUT=.*|CHECKOUT=$PWD|" ${cron} | sudo tee /etc/cron.d/database-backup`,
    why: `The crontab is on the server, and only there the path of the checkout is known: ${said[checkouts.length] ?? `the repository says ${checkouts.join(' and ')}`}.`,
    seenBy: 'verify cannot see it; backups/last-success on the server is of last night.',
  };
}

/** What a new machine needs and no archive holds. */
function secretsSteps({ envFiles }: ScriptStack): readonly ManualStep[] {
  if (envFiles.length === 0) return [];
  const files = envFiles.join(' and ');
  return [
    {
      title: `Keep ${files} of the server in a password manager or a vault, and write into the runbook that a new machine needs ${envFiles.length === 1 ? 'it' : 'them'} before scripts/restore.sh`,
      why: `The archives hold no secrets of the environment, and without ${files} docker compose does not create the containers that the data go into.`,
      seenBy: 'verify cannot see it; a restore on a new machine shows it.',
    },
  ];
}

/** What git would leave out is not deployed. */
function hiddenSteps(repo: Repo, paths: readonly string[]): readonly ManualStep[] {
  return paths.flatMap((path) => {
    const rule = ignoreRuleFor(repo, path);
    if (!rule) return [];
    return [
      {
        title: `Commit ${path} with git add --force: ${rule.path}:${rule.line} (${rule.pattern}) hides it`,
        why: 'The rule is there for other files, and only you know which.',
        seenBy: `git ls-files ${path} names it.`,
      },
    ];
  });
}

function volumeStep(folder: string): FixStep {
  const [service = '', variable = '', path = ''] = folder.split(' ');
  const how =
    variable === '-'
      ? `Mount a volume over ${path} in the service ${service}`
      : `Set ${variable} of the service ${service} to a folder in one of its volumes`;
  return {
    title: `${how}, writable for its user: outside of volumes, files go with every new container, and an image without root's rights may not be able to write them at all`,
    why: 'Which volume it belongs to, and what is done with files that are there, is for the people who run the service to decide.',
    seenBy: 'scripts/backup.sh says that the folder is in a volume.',
    about: folder,
  };
}

const WATCH: ManualStep = {
  title:
    'Let a monitor warn when backups/last-success on the server is older than 26 hours, or give the cron file a BACKUP_PING_URL of a service that warns when no request comes',
  why: 'A backup that fails sends a mail, where the server can send any; a night without a run sends none.',
  seenBy: 'verify cannot see it; the monitor warns when the cron file is taken away.',
};

const AWAY: ManualStep = {
  title:
    'Copy the archives in backups/ to another machine, encrypted, with whatever you use for that, and rehearse scripts/restore.sh on a machine where it hurts nobody',
  why: 'A backup on the disk that fails is none; where the archives go and who may read them is for the people who run the service to decide.',
  seenBy: 'verify cannot see it.',
};
