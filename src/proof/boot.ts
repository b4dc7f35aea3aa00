import { chmod, chown, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { FailedError } from '../errors.ts';
import { makeScratchFolder } from '../runner/scratch-folder.ts';
import type { Deployment } from './environment.ts';
import { freePort, waitForPort } from './ports.ts';
import { bareEnvironment, type Programs, type Running } from './programs.ts';
import { copyFolder } from './scratch.ts';
import { findUp } from './type-check.ts';

export interface BootOptions {
  readonly programs: Programs;
  readonly deployment: Deployment;
  /** The scratch copy and the app's folder in it. */
  readonly scratch: string;
  readonly app: string;
  /** The environment, complete but for the port. Paths under the image's WORKDIR are moved to `home`. */
  readonly env: Readonly<Record<string, string>>;
  /** Told the port at every start. */
  readonly listens: (port: number) => void;
}

/** The built app, running. */
export interface BootedApp {
  readonly home: string;
  readonly env: () => Readonly<Record<string, string>>;
  log(): string;
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/** The user that official Node images run as. */
const NODE_USER = { uid: 1000, gid: 1000 };
const BOOT_SECONDS = 60;

/**
 * Boots as the production image does: the standalone server in a folder laid out like the image where the build
 * made one, without root's rights where the image gives them up; `next start` otherwise.
 * @throws FailedError when it does not listen.
 */
export async function bootApp(options: BootOptions): Promise<BootedApp> {
  const image = await layOut(options);
  const server = new Server(options, image);
  try {
    await server.start({});
  } catch (error) {
    await image.remove();
    throw error;
  }
  return {
    home: image.home,
    env: () => server.env,
    log: () => server.log(),
    async restart(extra = {}) {
      await server.stop();
      await server.start(extra);
    },
    async stop() {
      await server.stop();
      await image.remove();
    },
  };
}

/** The app's server, which may be started several times. */
class Server {
  readonly #options: BootOptions;
  readonly #image: Image;
  #running: Running | undefined;
  #earlier = '';
  /** What it was started with last. */
  env: Readonly<Record<string, string>> = {};

  constructor(options: BootOptions, image: Image) {
    this.#options = options;
    this.#image = image;
  }

  async start(extra: Readonly<Record<string, string>>): Promise<void> {
    const { home, cwd, owner, args } = this.#image;
    const port = await freePort();
    this.#options.listens(port);
    this.env = { ...moved(this.#options, home), ...extra, PORT: `${port}`, HOSTNAME: '127.0.0.1' };
    const server = this.#options.programs.start(process.execPath, args(port), {
      cwd,
      env: { ...bareEnvironment(), ...this.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      owner,
    });
    this.#running = server;
    if (await waitForPort(port, BOOT_SECONDS, () => !server.ended())) return;
    await server.stop();
    throw new FailedError(`the app did not start: ${server.output().trim().split('\n').slice(-3).join(' ')}`);
  }

  async stop(): Promise<void> {
    this.#earlier = this.log();
    await this.#running?.stop();
    this.#running = undefined;
  }

  log(): string {
    return this.#earlier + (this.#running?.output() ?? '');
  }
}

/** A folder to boot in, and how. */
interface Image {
  readonly home: string;
  readonly cwd: string;
  readonly args: (port: number) => readonly string[];
  readonly owner: typeof NODE_USER | undefined;
  remove(): Promise<void>;
}

async function layOut(options: BootOptions): Promise<Image> {
  const appFolder = join(options.scratch, options.app);
  const standalone = join(appFolder, '.next/standalone');
  const server = await findServer(standalone);
  if (server === undefined) return startedByNext(options, appFolder);
  const folder = await makeScratchFolder(tmpdir(), 'aims-fix-home-');
  await chmod(folder, 0o755);
  const home = join(folder, 'image');
  await copyFolder(standalone, home);
  const served = join(home, dirname(server));
  await copyFolder(join(appFolder, '.next/static'), join(served, '.next/static'));
  await copyFolder(join(appFolder, 'public'), join(served, 'public'));
  const owner = options.deployment.unprivileged && process.getuid?.() === 0 ? NODE_USER : undefined;
  await giveOwned(options.deployment, home, owner);
  return {
    home,
    cwd: served,
    args: () => ['server.js'],
    owner,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function startedByNext({ scratch }: BootOptions, appFolder: string): Promise<Image> {
  const next = await findUp(appFolder, scratch, 'node_modules/next/dist/bin/next');
  if (next === undefined) throw new FailedError('next is not among the installed packages');
  return {
    home: appFolder,
    cwd: appFolder,
    args: (port) => [next, 'start', '-p', `${port}`, '-H', '127.0.0.1'],
    owner: undefined,
    remove: async () => undefined,
  };
}

/** The path of server.js under the standalone folder: deeper than its root in a monorepo. */
async function findServer(standalone: string): Promise<string | undefined> {
  const folders = [standalone];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    if (entries.some(({ name }) => name === 'server.js'))
      return relative(standalone, join(folder, 'server.js'));
    for (const entry of entries)
      if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
        folders.push(join(folder, entry.name));
  }
  return undefined;
}

/** The folders that the image hands to its user; everything else stays with root, as in the image. */
async function giveOwned({ owned, workdir }: Deployment, home: string, owner: Image['owner']): Promise<void> {
  for (const path of owned) {
    const place = inHome(path, workdir, home);
    if (place === undefined) continue;
    await mkdir(place, { recursive: true });
    if (owner) await chown(place, owner.uid, owner.gid);
  }
}

/** Where a path of the image stands in the folder that the app is booted in. */
export function inHome(path: string, workdir: string | undefined, home: string): string | undefined {
  if (workdir === undefined || (path !== workdir && !path.startsWith(`${workdir}/`))) return undefined;
  return home + path.slice(workdir.length);
}

function moved({ env, deployment }: BootOptions, home: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, inHome(value, deployment.workdir, home) ?? value]),
  );
}
