import { type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { type Listening, listen } from './ports.ts';
import { addressIn, withoutAddress } from './visitor.ts';

/**
 * Stands in front of the app as nginx does in production: appends the client's address to X-Forwarded-For and
 * sets X-Real-IP. A same-origin request comes through without Origin, since the loopback origin is none that a
 * production allow-list could hold.
 */
export function startFront(port: () => number): Promise<Listening> {
  return listen((request, response) => forward(request, response, port()));
}

function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
  const upstream = send(
    { host: '127.0.0.1', port, method: request.method, path: request.url, headers: headersFor(request) },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    },
  );
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'content-type': 'text/plain' }).end('the app does not answer');
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

function headersFor({ headers, socket }: IncomingMessage): Record<string, string | string[] | undefined> {
  const agent = headers['user-agent'] ?? '';
  const address = addressIn(agent) ?? socket.remoteAddress ?? '127.0.0.1';
  const hops = [headers['x-forwarded-for'] ?? [], address].flat().join(', ');
  const { origin, ...rest } = headers;
  return {
    ...rest,
    ...(origin === undefined || isOwn(origin, headers.host) ? {} : { origin }),
    'user-agent': withoutAddress(agent),
    'x-forwarded-for': hops,
    'x-forwarded-proto': 'http',
    'x-real-ip': address,
  };
}

function isOwn(origin: string, host: string | undefined): boolean {
  return origin === `http://${host}`;
}
