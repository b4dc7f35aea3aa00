import { NextResponse } from 'next/server';
import { z } from 'zod';
import { type Issue, refuse } from '@/lib/api/answers';
import { type Caller, findCaller } from '@/lib/api/caller';
import { secondsToWait } from '@/lib/api/limits';
import { isSameOrigin } from '@/lib/api/same-origin';
import { readBody } from '@/lib/json-body';

const PER_MINUTE = 60;
const MAX_BYTES = 16 * 1024;

/** What a route asks of its requests. */
interface Rule<Schema extends z.ZodTypeAny> {
  /** Routes of one name share a rate limit. */
  readonly name: string;
  /** Of the JSON body or, for a GET, of the query. A route without one takes no input. */
  readonly schema?: Schema;
  readonly role?: 'OWNER';
  /** Requests of one person; 60 by default. */
  readonly perMinute?: number;
  /** Of the body; 16 KB by default. */
  readonly maxBytes?: number;
}

type Admitted<Input> =
  | { readonly refused: NextResponse }
  | { readonly refused?: undefined; readonly user: Caller; readonly input: Input };

/**
 * Admits a request to an API route, or says how it is refused. Looks at the body last, so that strangers cannot make the
 * server read one: origin (403), session (401), role (403), rate limit (429), size (413), JSON and schema (400).
 */
export async function admit<Schema extends z.ZodTypeAny = z.ZodUndefined>(
  request: Request,
  rule: Rule<Schema>,
): Promise<Admitted<z.output<Schema>>> {
  const user = await admitCaller(request, rule);
  if (user instanceof NextResponse) return { refused: user };
  const schema: z.ZodTypeAny = rule.schema ?? z.undefined();
  const given = rule.schema ? await inputOf(request, rule.maxBytes ?? MAX_BYTES) : { value: undefined };
  if (given instanceof NextResponse) return { refused: given };
  const parsed = schema.safeParse(given.value);
  if (parsed.success) return { user, input: parsed.data };
  const details = parsed.error.issues.map(({ path, message }): Issue => ({ path: path.join('.'), message }));
  return { refused: refuse(400, 'Some of the input is not valid.', 'invalid_input', { details }) };
}

async function admitCaller(
  request: Request,
  { name, role, perMinute = PER_MINUTE }: Rule<z.ZodTypeAny>,
): Promise<Caller | NextResponse> {
  if (!isSameOrigin(request)) return refuse(403, 'This request comes from another site.', 'other_origin');
  const caller = await findCaller();
  if (caller instanceof NextResponse) return caller;
  if (role && caller.role !== role) return refuse(403, 'Only the owner may do this.', 'wrong_role');
  const retryAfter = secondsToWait(`${name}:${caller.id}`, perMinute);
  if (retryAfter === 0) return caller;
  return refuse(429, 'Too many requests. Try again in a minute.', 'too_many_requests', { retryAfter });
}

/** The query of a request that has no body, or its body as JSON. */
async function inputOf(request: Request, maxBytes: number): Promise<{ readonly value: unknown } | NextResponse> {
  if (request.method === 'GET') return { value: Object.fromEntries(new URL(request.url).searchParams) };
  const body = await readBody(request, maxBytes);
  if (!body) return refuse(413, 'The request is too large.', 'too_large');
  try {
    return { value: JSON.parse(body.toString('utf8')) };
  } catch {
    return refuse(400, 'The request is not valid JSON.', 'malformed_json');
  }
}
