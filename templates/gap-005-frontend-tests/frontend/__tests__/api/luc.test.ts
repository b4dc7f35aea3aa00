// @vitest-environment node
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NextRequest } from 'next/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const USE = { service: 'brave_searches', amount: 3 };
let folder: string;
let luc: typeof import('@/app/api/luc/route');

/** Simulates a restart, because the storage reads its folder on import. */
async function start() {
  vi.stubEnv('LUC_DATA_DIR', folder);
  vi.resetModules();
  luc = await import('@/app/api/luc/route');
}

beforeEach(async () => {
  vi.spyOn(console, 'log').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
  folder = mkdtempSync(join(tmpdir(), 'luc-'));
  await start();
});
afterEach(() => rmSync(folder, { recursive: true }));

function post(body: object) {
  return luc.POST(new NextRequest('http://localhost/api/luc', { method: 'POST', body: JSON.stringify(body) }));
}

async function accountOf(userId: string): Promise<unknown> {
  const answer = await luc.GET(new NextRequest(`http://localhost/api/luc?userId=${userId}`));
  expect(answer.status).toBe(200);
  const { account } = await answer.json();
  expect(account).toBeTruthy();
  return account;
}

describe('/api/luc', () => {
  test('quotes usage without charging it', async () => {
    const before = await accountOf('ada');
    const answer = await post({ action: 'quote', userId: 'ada', ...USE });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ success: true });
    expect(await accountOf('ada')).toEqual(before);
  });

  test("charges usage only to that user's account", async () => {
    const [ada, grace] = [await accountOf('ada'), await accountOf('grace')];
    expect(await (await post({ action: 'debit', userId: 'ada', ...USE })).json()).toMatchObject({ success: true });
    expect(await accountOf('ada')).not.toEqual(ada);
    expect(await accountOf('grace')).toEqual(grace);
  });

  test('remembers charges after a restart', async () => {
    const before = await accountOf('ada');
    await post({ action: 'debit', userId: 'ada', ...USE });
    const booked = await accountOf('ada');
    await start();
    expect(await accountOf('ada')).toEqual(booked);
    expect(booked).not.toEqual(before);
  });

  test.each([
    ['an unknown action', { action: 'print-money', userId: 'ada', ...USE }],
    ['a quote for nothing', { action: 'quote', userId: 'ada' }],
    ['a debit for nothing', { action: 'debit', userId: 'ada' }],
  ])('refuses %s', async (_, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ success: false, error: expect.any(String) });
  });
});
