import type { Probe, Scratch, Service, World } from '../world.ts';

/** How deep a check looks: reading, building, or booting the application. */
export type Level = 'static' | 'build' | 'live';

/** Something a check saw, for the reader of the report. */
export interface Evidence {
  /** The command, request or file that was looked at. */
  readonly subject: string;
  /** What came back. */
  readonly observed: string;
}

/** A skip never counts as a pass; `remedy` is the command that brings what was missing. */
export type Verdict =
  | { readonly verdict: 'pass'; readonly evidence: readonly Evidence[] }
  | { readonly verdict: 'fail'; readonly reason: string; readonly evidence?: readonly Evidence[] }
  | { readonly verdict: 'skip'; readonly reason: string; readonly remedy?: string };

interface CheckLine {
  /** Reads as a checklist line. */
  readonly title: string;
}

/** Reads the repository. */
export interface StaticCheck extends CheckLine {
  readonly level: 'static';
  run(): Verdict | Promise<Verdict>;
}

/** Works in a scratch copy in which the app's dependencies are installed. */
export interface BuildCheck extends CheckLine {
  readonly level: 'build';
  /** Folder of the Next.js app to install; absent when the check needs none. */
  readonly app?: string;
  /** Default 300. */
  readonly seconds?: number;
  run(scratch: Scratch): Promise<Verdict>;
}

/** Tries the built and booted application. */
export interface LiveCheck extends CheckLine {
  readonly level: 'live';
  /** Folder of the Next.js app to boot; needed when `needs` names `app`. */
  readonly app?: string;
  readonly needs: readonly Service[];
  readonly probes?: readonly Probe[];
  /** Values of the server's env files; added where the stack says nothing of them. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default 60. */
  readonly seconds?: number;
  run(world: World): Promise<Verdict>;
}

/** One line of the proof. It looks from another angle than detect and has been seen to fail. */
export type Check = StaticCheck | BuildCheck | LiveCheck;
