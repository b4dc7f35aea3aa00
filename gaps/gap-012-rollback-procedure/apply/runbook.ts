import type { Repo } from '../../../src/contract.ts';
import { checkoutsOf } from '../../../src/read/deploy/checkouts.ts';
import { mountsOf } from '../../../src/read/deploy/volumes.ts';
import { template } from '../../../src/repo/templates.ts';
import { type Migrations, migrationsOf } from '../read/migrations.ts';
import type { ReleaseStack } from '../read/release-stack.ts';
import type { ReleaseState } from '../read.ts';
import { BACKUP, GAP, RESTORE } from '../tables.ts';
import { codes, filled, wrapped } from './markdown.ts';
import { pathsTable, platformSections } from './platforms.ts';

/** The document: how each deployment path of the repository works, and how it is taken back. */
export function runbookText(state: ReleaseState, stack: ReleaseStack): string {
  const { repo } = state;
  const { script, released } = stack;
  const compose = `${script.program}${script.files.map((file) => ` -f ${file}`).join('')}${script.envFiles.map((file) => ` --env-file ${file}`).join('')}`;
  const hasRestore = repo.exists(RESTORE);
  const common = {
    compose,
    volumes: codes(volumesOf(stack)) || 'this stack has none',
    example: exampleService(stack),
  };
  const emergency = template(`${GAP}/docs/${hasRestore ? 'emergency' : 'emergency-by-hand'}.md`);
  const text = filled(template(`${GAP}/docs/server.md`), {
    ...common,
    emergency: filled(emergency, common).trimEnd(),
    checkout: checkoutIn(repo),
    paths: pathsTable(state, stack),
    deploy: script.path,
    run: runOf(repo, script.path),
    files: codes(script.files),
    filePaths: script.files.join(' '),
    images: codes(released.map(({ name }) => name)),
    services: servicesTable(stack),
    ...reloadOf(stack, compose),
    backup: repo.exists(BACKUP) ? `${BACKUP}\n` : '',
    options: hasOptions(repo, script.path)
      ? `With the options that the server is deployed with, if it has any: they stand at the top of \`${script.path}\`. `
      : '',
    migrations: migrationsText(
      migrationsOf(repo, stack.services),
      hasRestore ? 'Emergency: everything down, data restored' : undefined,
    ),
  });
  return wrapped(`${text.trimEnd()}\n${platformSections(state)}`);
}

function checkoutIn(repo: Repo): string {
  const checkouts = checkoutsOf(repo);
  return checkouts.length === 0 ? '' : ` (${codes(checkouts)}, by what this repository says)`;
}

/** As it is typed from the root. */
function runOf(repo: Repo, path: string): string {
  return repo.mode(path) === 0o755 ? `./${path}` : `bash ${path}`;
}

function hasOptions(repo: Repo, path: string): boolean {
  return repo.mentions(path, /\$\{?1\b|"\$@"|\bgetopts\b/);
}

/** The front end, or the first service that is built: what an example names. */
function exampleService({ released, services }: ReleaseStack): string {
  const front = services.find(
    ({ name, role }) => role === 'frontend' && released.some((each) => each.name === name),
  );
  return front?.name ?? released[0]?.name ?? '';
}

/** A proxy that asks for addresses only when it starts sends visitors to where the container was. */
function reloadOf(stack: ReleaseStack, compose: string): Readonly<Record<'reload' | 'whyReload', string>> {
  const nginx = stack.services.find(
    ({ name, image, profiles }) => profiles.length === 0 && isNginx(name, image),
  );
  if (!nginx || nginx.name === exampleService(stack)) return { reload: '', whyReload: '' };
  return {
    reload: `${compose} exec -T ${nginx.name} nginx -s reload\n`,
    whyReload: `The second command is for a service behind \`${nginx.name}\`, which would look for it where the container before was; leave it out for \`${nginx.name}\` itself.`,
  };
}

function isNginx(name: string, image: string): boolean {
  const isForeign = /(^|\/)nginx[\w-]*(?:[:@]|$)/.test(image);
  return isForeign || /(^|[-_])nginx([-_]|$)/.test(name);
}

function volumesOf({ services }: ReleaseStack): readonly string[] {
  const sources = services.flatMap(({ value }) => mountsOf(value.volumes).map(({ source }) => source));
  return [
    ...new Set(
      sources.flatMap((source) => (source !== undefined && /^\w[\w.-]*$/.test(source) ? [source] : [])),
    ),
  ];
}

function servicesTable({ services, released }: ReleaseStack): string {
  const rows = services.map(({ name, value, profiles, image }) => {
    const own = released.find((each) => each.name === name);
    const from = own ? `built here as \`${own.image}\`` : image === '' ? 'built here' : `\`${image}\``;
    const only =
      profiles.length > 0 ? `, only with ${codes(profiles.map((profile) => `--profile ${profile}`))}` : '';
    const mounts = mountsOf(value.volumes).flatMap(({ source }) => source ?? []);
    return `| \`${name}\` | ${from}${only} | ${codes([...new Set(mounts)]) || '–'} |`;
  });
  return ['| Service | Image | Keeps data in |', '| --- | --- | --- |', ...rows].join('\n');
}

function migrationsText(migrations: readonly Migrations[], restore: string | undefined): string {
  const oneWay = migrations.filter(({ hasWayDown }) => !hasWayDown);
  const [first] = migrations;
  const back = restore
    ? `restore the archive from before the deployment: see [Emergency](#${anchor(restore)}). The backup that is taken before each deployment is for this.`
    : 'restore a backup from before the deployment.';
  const old =
    'An older release on a newer database often works, because most migrations only add; try the rollback first, and look at the logs.';
  if (!first)
    return `No migrations of a database were found in what this stack is built from. If a release has changed data all the same, ${back}`;
  const where = migrations.map(({ service, path }) => `\`${service}\` (\`${path}\`)`).join(', ');
  if (oneWay.length === 0)
    return `Migrations: ${where}. They say how each is taken back; run that with the tool that they are written for before the rollback. Where it fails, ${back}`;
  return `Migrations: ${where}. ${oneWay.length === migrations.length ? 'None of them has a' : `${oneWay.map(({ service }) => `\`${service}\``).join(', ')} has no`} way back down. ${old} If it does not, ${back}`;
}

/** As GitHub makes it. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-');
}
