import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that a level of proof needs from the machine. */
export interface Tool {
  readonly name: string;
  /** Asks for its version; the first that answers wins. */
  readonly commands: readonly (readonly [file: string, ...args: string[]])[];
  readonly needed: string;
  readonly remedy: string;
}

/** What was found of a tool: the file to run and its version, or nothing. */
export interface Found {
  readonly file: string;
  readonly version: string;
}

/** The tools, by the name that the proof asks for. CHROME_PATH, as many tools know it, names the browser. */
export function toolsOf({ CHROME_PATH }: Readonly<Record<string, string | undefined>>) {
  return {
    git: {
      name: 'git',
      commands: [['git', '--version']],
      needed: 'the guard against writing over uncommitted work, and --commit',
      remedy: 'apt-get install git',
    },
    npm: {
      name: 'npm',
      commands: [['npm', '--version']],
      needed: 'gaps that add packages, and verify --level build: the dependencies are installed',
      remedy: 'install Node.js with npm',
    },
    redis: {
      name: 'redis-server',
      commands: [['redis-server', '--version']],
      needed: 'verify --level live: checks that need Redis',
      remedy: 'apt-get install redis-server',
    },
    chromium: {
      name: 'chromium',
      commands: [
        ...(CHROME_PATH ? [[CHROME_PATH, '--version'] as const] : []),
        ['chromium', '--version'],
        ['chromium-browser', '--version'],
        ['google-chrome', '--version'],
      ],
      needed: 'verify --level live: checks in a browser (CHROME_PATH names another one)',
      remedy: 'apt-get install chromium',
    },
    docker: {
      name: 'docker compose',
      commands: [['docker', 'compose', 'version', '--short']],
      needed: 'verify --level live: the Compose model as docker itself reads it',
      remedy: 'install Docker with its Compose plugin: https://docs.docker.com/compose/install/',
    },
  } satisfies Readonly<Record<string, Tool>>;
}

/** Looks for a tool by asking it for its version. */
export function findTool(tool: Tool): Found | undefined {
  for (const [file, ...args] of tool.commands) {
    const { status, stdout } = spawnSync(file, args, { encoding: 'utf8', timeout: 10_000 });
    if (status === 0)
      return { file: absolute(file), version: /(?<!\d)\d+(\.\d+)+/.exec(stdout)?.[0] ?? stdout.trim() };
  }
  return undefined;
}

/** Playwright wants the whole path. */
function absolute(file: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, file)).find(existsSync) ?? file;
}
