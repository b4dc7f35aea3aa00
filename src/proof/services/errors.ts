import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { ErrorItem, ErrorSink } from '../../world.ts';
import { bodyOf, type Listening, listen } from '../ports.ts';
import { until } from '../until.ts';

/** A sink that speaks Sentry's envelope protocol (https://develop.sentry.dev/sdk/data-model/envelopes/). */
export interface ErrorsSink extends Listening {
  readonly dsn: string;
  readonly sink: ErrorSink;
  reset(): void;
}

/** Browsers post from the app's origin, with a preflight. */
const OPEN_TO_ALL = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
};

export async function startErrorsSink(): Promise<ErrorsSink> {
  const items: ErrorItem[] = [];
  const server = await listen((request, response) => {
    void bodyOf(request).then((body) => {
      if (request.method === 'POST' && /^\/api\/\d+\/envelope\//.test(request.url ?? '')) {
        items.push(...itemsOf(decompress(body, request.headers['content-encoding'])));
        response.writeHead(200, { ...OPEN_TO_ALL, 'content-type': 'application/json' }).end('{}');
      } else response.writeHead(request.method === 'OPTIONS' ? 204 : 404, OPEN_TO_ALL).end();
    });
  });
  return {
    ...server,
    dsn: `http://a11ce0ffee15a11ce0ffee15a11ce0ff@127.0.0.1:${server.port}/1`,
    sink: {
      next: (text, seconds = 30) =>
        until(seconds, () => items.find(({ type, payload }) => type === 'event' && payload.includes(text))),
      all: () => [...items],
    },
    reset() {
      items.length = 0;
    },
  };
}

function decompress(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(body);
  if (encoding === 'br') return brotliDecompressSync(body);
  return encoding === 'deflate' ? inflateSync(body) : body;
}

/** After the envelope's header line, each item is a header line and a payload, by `length` or up to the line's end. */
export function itemsOf(envelope: Buffer): readonly ErrorItem[] {
  const items: ErrorItem[] = [];
  let at = lineEnd(envelope, 0) + 1;
  while (at < envelope.length) {
    const headerEnd = lineEnd(envelope, at);
    const header = headerOf(envelope.subarray(at, headerEnd).toString());
    if (header === undefined) break;
    const start = headerEnd + 1;
    const end = header.length === undefined ? lineEnd(envelope, start) : start + header.length;
    items.push({ type: header.type, payload: envelope.subarray(start, end).toString() });
    at = end + 1;
  }
  return items;
}

function lineEnd(envelope: Buffer, from: number): number {
  const end = envelope.indexOf(10, from);
  return end === -1 ? envelope.length : end;
}

function headerOf(line: string): { readonly type: string; readonly length?: number } | undefined {
  try {
    const { type, length }: { type?: unknown; length?: unknown } = JSON.parse(line);
    if (typeof type !== 'string') return undefined;
    return typeof length === 'number' ? { type, length } : { type };
  } catch {
    return undefined;
  }
}
