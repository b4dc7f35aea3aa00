import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { codeBehind } from './code-behind.ts';

const FILES = {
  'route.ts': `
import { guard } from './lib';
import * as store from './store';

const limit = 3;
const handler = router();
handler.use(guard);

async function read() { return store.find(limit); }
// remove() is for later
export const DELETE = () => guard(() => 'gone');
export { read as GET };
export { late as PUT } from './lib';
export default handler;
`,
  'lib/index.ts': `export * from './guards';`,
  'lib/guards.ts': `
import { check } from '../session';
export function guard(next) { return check() ? next() : null; }
export const late = () => 'late';
export const other = () => 'other';
`,
  'session.ts': `export const check = () => cookies().get('s');`,
  'store.ts': `
export const find = (n) => rows.slice(n);
const rows = [1];
export const remove = () => 'removed';
`,
  'broken.ts': 'export const GET = (',
};
const repo = createRepo(memorySource(FILES));
const behind = (name: string, hops: number, path = 'route.ts') =>
  codeBehind(repo, { dir: '' }, { path, name, hops });

test('is what the name stands for, and the names that it uses', () => {
  expect(behind('GET', 0)).toContain('async function read()');
  expect(behind('GET', 0)).toContain('const limit = 3');
  expect(behind('GET', 0)).not.toMatch(/gone|handler/);
});

test('is followed through namespaces, lists that hand on, and only so far', () => {
  expect(behind('GET', 1)).toContain('const rows = [1]');
  expect(behind('GET', 1)).not.toContain('removed');
  expect(behind('DELETE', 0)).not.toContain('check()');
  expect(behind('DELETE', 1)).toContain('check()');
  expect(behind('DELETE', 1)).not.toContain('cookies()');
  expect(behind('DELETE', 2)).toContain('cookies()');
  expect(behind('PUT', 0)).toBe("export const late = () => 'late';");
});

test('holds what is added to a name by calls', () => {
  expect(behind('default', 0)).toContain('handler.use(guard)');
  expect(behind('default', 1)).toContain('check()');
});

test('is empty where there is nothing to read', () => {
  expect(behind('PATCH', 2)).toBe('');
  expect(behind('GET', 2, 'broken.ts')).toBe('');
  expect(behind('GET', 2, 'none.ts')).toBe('');
});
