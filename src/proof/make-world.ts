import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { FailedError } from '../errors.ts';
import type { Ran, Scratch, Service, World } from '../world.ts';
import { runAxe } from './axe.ts';
import { type BootedApp, inHome } from './boot.ts';
import type { Transcript } from './evidence.ts';
import type { Services } from './services.ts';
import { createVisitor } from './visitor.ts';

export interface WorldOptions {
  readonly scratch: Scratch;
  readonly services: Services;
  readonly needs: readonly Service[];
  readonly transcript: Transcript;
  /** The booted app and the front before it; absent when the check needs no app. */
  readonly booted?: { readonly app: BootedApp; readonly url: string; readonly workdir: string | undefined };
  /** The app's folder in the scratch copy. */
  readonly appFolder: string;
  /** An address that no other visitor of this run has. */
  readonly nextAddress: () => string;
}

const ROWS = `
const { createRequire } = require('node:module');
const [file, sql, ...places] = process.argv.slice(1);
const place = places.find((each) => { try { createRequire(each + '/x.js').resolve('better-sqlite3'); return true; } catch { return false; } });
if (!place) throw new Error('better-sqlite3 is not among the installed packages');
const Database = createRequire(place + '/x.js')('better-sqlite3');
console.log(JSON.stringify(new Database(file, { readonly: true, fileMustExist: true }).prepare(sql).all()));
`;

/** What one check works with. Requests, commands and pictures go into its transcript. */
export function makeWorld(options: WorldOptions): World {
  const { scratch, services, needs, transcript, booted } = options;
  const app = () => booted?.app ?? missing('app');
  const get = <T>(service: Service, value: T | undefined): T =>
    needs.includes(service) && value !== undefined ? value : missing(service);
  return {
    ...scratch,
    get url() {
      return booted?.url ?? missing('app');
    },
    get home() {
      return booted?.app.home ?? scratch.dir;
    },
    get env() {
      return booted?.app.env() ?? {};
    },
    visitor: () =>
      createVisitor(booted?.url ?? missing('app'), options.nextAddress(), (method, path, answer) =>
        transcript.note(`${method} ${path}`, `${answer.status} in ${answer.milliseconds} ms`),
      ),
    page: () => get('browser', services.browser).page(options.nextAddress()),
    axe: runAxe,
    picture: (page: Page, name) => transcript.picture(page, name),
    restart: (env) => app().restart(env),
    log: () => app().log(),
    rows: (file, sql) => rows(options, file, sql),
    get mail() {
      return get('mail', services.mail).box;
    },
    get errors() {
      return get('errors', services.errors).sink;
    },
    get gateway() {
      return get('gateway', services.gateway).gateway;
    },
    get redis() {
      return get('redis', services.redis).redis;
    },
  };
}

function missing(service: Service): never {
  throw new Error(`the check does not ask for '${service}' in its needs`);
}

async function rows(
  { scratch, booted, appFolder }: WorldOptions,
  file: string,
  sql: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const home = booted?.app.home ?? scratch.dir;
  const path = inHome(file, booted?.workdir, home) ?? (file.startsWith('/') ? file : join(home, file));
  const args = ['-e', ROWS, path, sql, home, appFolder];
  const ran: Ran = await scratch.run(process.execPath, args, { seconds: 20 });
  if (ran.exitCode === 0) return JSON.parse(ran.stdout);
  const near = await readdir(join(path, '..')).catch(() => []);
  const said = ran.stderr.split('\n').find((line) => /Error/.test(line)) ?? ran.stderr.slice(0, 200);
  throw new FailedError(`${file}: ${said.trim()}; beside it: ${near.join(', ') || 'nothing'}`);
}
