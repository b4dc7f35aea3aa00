import { NextRequest, NextResponse } from 'next/server';
import { readBody } from '@/lib/json-body';

/** What Next.js hands to a catch-all route: the parts of the path after /api/auth/. */
interface Context {
  readonly params: { readonly nextauth?: readonly string[] } | Promise<{ readonly nextauth?: readonly string[] }>;
}

type Handler = (request: NextRequest, context: Context) => Promise<Response>;

/** `callback/credentials`: an action and a provider. */
const LONGEST_PATH = 2;

/**
 * NextAuth's handler with a bound on what strangers send. NextAuth reads a body whole, however long, and ignores what
 * follows a provider in the path, so that `callback/credentials/x.js` would pass as a file of the site.
 */
export function boundedAuth(handler: Handler): Handler {
  return async (request, context) => {
    const { nextauth = [] } = await context.params;
    if (nextauth.length > LONGEST_PATH) return NextResponse.json({ error: 'Not found' }, { status: 404 });
    if (request.method !== 'POST') return handler(request, context);
    const body = await readBody(request);
    if (!body) return NextResponse.json({ error: 'That is too long.' }, { status: 413 });
    const { headers } = request;
    return handler(new NextRequest(request.url, { method: 'POST', headers, body: new Uint8Array(body) }), context);
  };
}
