import type { ts } from 'ts-morph';
import { lazy } from '../../repo/lazy.ts';

/** The compiler that comes with ts-morph, loaded at its first use: for questions that need types. */
export function typescript(): typeof ts {
  return lazy.tsMorph().ts;
}
