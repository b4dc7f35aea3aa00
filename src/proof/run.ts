import type { BuildCheck, GapId, LiveCheck } from '../contract.ts';
import type { RawRepo } from '../repo/repo.ts';
import type { Service } from '../world.ts';
import type { ProvenCheck } from './evidence.ts';
import type { Programs } from './programs.ts';
import type { Services } from './services.ts';
import type { Tool } from './tools.ts';

/** A gap with the checks of it that are to be run. */
export interface GapToProve {
  readonly id: GapId;
  readonly checks: readonly (BuildCheck | LiveCheck)[];
}

/** Follows a run: a step begins, and ends after some seconds. */
export interface Progress {
  begin(step: string): void;
  end(step: string, seconds: number, outcome: 'pass' | 'fail' | 'skip'): void;
}

export interface ProofRequest {
  readonly root: string;
  readonly repo: RawRepo;
  readonly gaps: readonly GapToProve[];
  readonly level: 'build' | 'live';
  /** The commit whose type errors are not new. */
  readonly base: string;
  /** Kept installs and scratch copies go here. */
  readonly cache: string;
  /** Of each level. */
  readonly minutes: number;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** What an app's own build says, beside the gaps. */
export interface AppProof {
  readonly app: string;
  readonly checks: readonly ProvenCheck[];
}

export interface Proof {
  readonly apps: readonly AppProof[];
  readonly gaps: ReadonlyMap<GapId, readonly ProvenCheck[]>;
  /** Secrets and machine paths that must not stand in evidence. */
  readonly hidden: readonly (readonly [text: string, instead: string])[];
}

/** How far an app came. */
export interface ProvenApp {
  readonly proof: AppProof;
  readonly installed: boolean;
  readonly built: boolean;
}

/** What the checks of a run share. */
export interface LiveRun {
  readonly request: ProofRequest;
  readonly tree: string;
  readonly programs: Programs;
  readonly services: Services;
  /** Signs the sessions of the booted app. */
  readonly secret: string;
  /** What the machine lacks, by service. */
  readonly lacks: ReadonlyMap<Service, Tool>;
  readonly apps: ReadonlyMap<string, ProvenApp>;
  readonly nextAddress: () => string;
  /** Keeps a path of this machine out of the evidence. */
  readonly hide: (path: string, instead: string) => void;
}
