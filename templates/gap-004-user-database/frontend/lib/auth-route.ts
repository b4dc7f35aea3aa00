import { NextRequest, NextResponse } from 'next/server';
import { readBody } from '@/lib/json-body';

/** What Next.js passes to a catch-all route: the path segments after /api/auth/. */
interface Context {
  readonly params: { readonly nextauth?: readonly string[] } | Promise<{ readonly nextauth?: readonly string[] }>;
}

type Handler = (request: NextRequest, context: Context) => Promise<Response>;

/** An action and a provider, as in `callback/credentials`. */
const LONGEST_PATH = 2;

/**
 * Limits what NextAuth's handler accepts. NextAuth reads a whole body, however long, and ignores path segments after
 * the provider, so `callback/credentials/x.js` could pass for a static file.
 */
export function boundedAuth(handler: Handler): Handler {
  return async (request, context) => {
    const { nextauth = [] } = await context.params;
    if (nextauth.length > LONGEST_PATH) return NextResponse.json({ error: 'Not found' }, { status: 404 });
    if (request.method !== 'POST') return handler(request, context);
    const body = await readBody(request);
    if (!body) return NextResponse.json({ error: 'The request is too large.' }, { status: 413 });
    const { headers } = request;
    return handler(new NextRequest(request.url, { method: 'POST', headers, body: new Uint8Array(body) }), context);
  };
}
