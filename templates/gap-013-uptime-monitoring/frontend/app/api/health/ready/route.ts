import { NextResponse } from 'next/server';

// Whether visitors can be served: 503 while a backend does not answer. Monitors ask here. Docker asks /api/health,
// which says only that this process runs: a restart would not bring a backend back.
export const dynamic = 'force-dynamic';

const BACKENDS = [{ name: 'gateway', variable: 'GATEWAY_URL', path: '/health' }];
const LIMIT_MS = 3000;
/** However many ask, each backend is asked once in this time: its own rate limits count these requests. */
const FRESH_MS = 5000;

interface Check {
  readonly name: string;
  readonly status: 'up' | 'down';
}
interface Round {
  readonly at: number;
  readonly checks: Promise<readonly Check[]>;
}

let latest: Round | undefined;

// The answer is public: it holds no addresses and no error messages.
async function check({ name, variable, path }: (typeof BACKENDS)[number]): Promise<Check> {
  const base = process.env[variable];
  if (!base) return { name, status: 'down' };
  try {
    const response = await fetch(new URL(path, base), {
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    await response.body?.cancel();
    return { name, status: response.ok ? 'up' : 'down' };
  } catch {
    return { name, status: 'down' };
  }
}

export async function GET() {
  const now = Date.now();
  if (!latest || now - latest.at > FRESH_MS) {
    latest = { at: now, checks: Promise.all(BACKENDS.map(check)) };
  }
  const { at, checks } = latest;
  const backends = await checks;
  const isReady = backends.every(({ status }) => status === 'up');
  return NextResponse.json(
    {
      status: isReady ? 'ready' : 'unavailable',
      timestamp: new Date().toISOString(),
      checkedAt: new Date(at).toISOString(),
      backends,
    },
    { status: isReady ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
}
