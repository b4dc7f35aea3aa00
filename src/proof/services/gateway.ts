import { randomBytes } from 'node:crypto';
import type { Gateway, GatewayCall } from '../../world.ts';
import { bodyOf, type Listening, listen } from '../ports.ts';

/** Answers for the services that the app talks to, with a word that nobody else could have said. */
export interface GatewayStub extends Listening {
  readonly gateway: Gateway;
  reset(): void;
}

type Answering = { readonly status: number; readonly body: unknown } | 'hang' | 'default';

export async function startGateway(): Promise<GatewayStub> {
  const mark = `mark-${randomBytes(8).toString('hex')}`;
  const calls: GatewayCall[] = [];
  let how: Answering = 'default';
  const server = await listen((request, response) => {
    void bodyOf(request).then((body) => {
      calls.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: body.toString(),
      });
      if (how === 'hang') return;
      const { status, body: answer } = how === 'default' ? { status: 200, body: defaultBody(mark) } : how;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  return {
    ...server,
    gateway: {
      mark,
      calls,
      answer: (next) => {
        how = next;
      },
    },
    reset() {
      calls.length = 0;
      how = 'default';
    },
  };
}

/** Fits most readers: an object that is named, holds a list, and says that all is well. */
function defaultBody(mark: string): unknown {
  const item = { id: mark, name: mark, title: mark, description: mark, status: 'healthy' };
  return { ...item, success: true, message: mark, items: [item], data: [item], results: [item] };
}
