import { NextResponse } from 'next/server';

/** One thing that is wrong with a request: where, and in words. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** What every refusal of an API route looks like. */
export interface ApiError {
  /** For people. */
  readonly error: string;
  /** For code. */
  readonly code?: string;
  readonly details?: readonly Issue[];
}

interface More {
  readonly details?: readonly Issue[];
  /** Seconds after which another try makes sense. */
  readonly retryAfter?: number;
}

/** Refuses a request. Nothing may cache that: the next try may succeed. */
export function refuse(status: number, error: string, code: string, { details, retryAfter }: More = {}): NextResponse {
  const body: ApiError = { error, code, details };
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter));
  return NextResponse.json(body, { status, headers });
}
