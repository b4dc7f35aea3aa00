import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { startErrorsSink } from './errors.ts';
import { startGateway } from './gateway.ts';
import { startMailSink } from './mail.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function started<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const service = await starting;
  stops.push(service.stop);
  return service;
}

function send(url: string, body: unknown, headers: Record<string, string> = {}) {
  const authorization = 'Bearer re_key';
  return fetch(`${url}/emails`, {
    method: 'POST',
    headers: { authorization, ...headers },
    body: JSON.stringify(body),
  });
}

const MAIL = { from: 'a@a.example', to: 'b@b.example', subject: 'Hello', html: '<p>there</p>' };

describe('the mail sink', () => {
  test('takes a mail as Resend does and hands it out once', async () => {
    const { url, box } = await started(startMailSink());
    expect((await send(url, MAIL)).status).toBe(200);
    expect(await box.next('b@b.example')).toMatchObject({ subject: 'Hello', to: ['b@b.example'] });
    expect(await box.next('b@b.example', 0)).toBeUndefined();
    expect(box.all()).toHaveLength(1);
  });

  test('refuses what Resend refuses: no key, no receiver, no text', async () => {
    const { url } = await started(startMailSink());
    expect((await send(url, MAIL, { authorization: '' })).status).toBe(401);
    expect((await send(url, { ...MAIL, to: [] })).status).toBe(422);
    expect((await send(url, { ...MAIL, html: '' })).status).toBe(422);
  });

  test('fails on demand until it is reset', async () => {
    const sink = await started(startMailSink());
    sink.box.fail(500);
    expect((await send(sink.url, MAIL)).status).toBe(500);
    sink.reset();
    expect((await send(sink.url, MAIL)).status).toBe(200);
  });
});

describe('the errors sink', () => {
  const event = JSON.stringify({ message: 'broken\u00e9' });
  const envelope = [
    '{"event_id":"1"}',
    `{"type":"event","length":${Buffer.byteLength(event)}}`,
    event,
    '{"type":"session"}',
    '{"status":"ok"}',
  ].join('\n');

  test('reads items with and without a length, compressed or not', async () => {
    const { url, sink } = await started(startErrorsSink());
    await fetch(`${url}/api/1/envelope/?sentry_key=k`, { method: 'POST', body: envelope });
    await fetch(`${url}/api/1/envelope/`, {
      method: 'POST',
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(envelope),
    });
    expect(sink.all().map(({ type }) => type)).toEqual(['event', 'session', 'event', 'session']);
    expect((await sink.next('broken\u00e9', 0))?.payload).toBe(event);
    expect(await sink.next('{"status"', 0), 'a session is no event').toBeUndefined();
  });

  test('lets a browser post from another origin', async () => {
    const { url } = await started(startErrorsSink());
    const { headers } = await fetch(`${url}/api/1/envelope/`, { method: 'OPTIONS' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('the gateway', () => {
  test('answers with its mark, then as it is told', async () => {
    const { url, gateway } = await started(startGateway());
    expect(await (await fetch(`${url}/a`)).text()).toContain(gateway.mark);
    gateway.answer({ status: 503, body: [] });
    expect((await fetch(`${url}/b`, { method: 'POST', body: 'x' })).status).toBe(503);
    expect(gateway.calls.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['GET', '/a', ''],
      ['POST', '/b', 'x'],
    ]);
  });
});
