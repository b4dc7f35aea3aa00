// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const DESCRIPTION = '../docs/openapi.yaml';
const ROUTES = 'app';
/** Routes whose protocol a library documents. */
const OF_LIBRARIES = ['/api/auth/{...nextauth}'];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** `GET /api/items/{id}` for every method that a route file exports. */
function servedOperations(): string[] {
  const files = readdirSync(resolve(ROUTES), { recursive: true, encoding: 'utf8' });
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(?:^|\/)api\/(?:.*\/)?route\.[jt]s$/.test(file))
    .flatMap((file) => {
      const url = urlOf(file);
      if (OF_LIBRARIES.includes(url)) return [];
      const code = readFileSync(join(resolve(ROUTES), file), 'utf8');
      return METHODS.filter((method) => exportsName(code, method)).map(
        (method) => `${method} ${url.replace('{...', '{')}`,
      );
    });
}

/** `(shop)/api/items/[id]/route.ts` answers at `/api/items/{id}`. */
function urlOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  const shown = folders.filter((folder) => !/^\(.*\)$|^@/.test(folder));
  return `/${shown.join('/')}`.replace(/\[+([^\]]+)\]+/g, '{$1}');
}

function exportsName(code: string, name: string): boolean {
  return new RegExp(
    `^export\\s+(?:(?:async\\s+)?function\\s+|const\\s+(?:\\{[^}]*\\b)?|\\{[^}]*\\b)${name}\\b`,
    'm',
  ).test(code);
}

/** The same of every operation of the description. */
function describedOperations(): string[] {
  const { paths } = parse(readFileSync(resolve(DESCRIPTION), 'utf8'));
  return Object.entries<object>(paths).flatMap(([path, item]) =>
    Object.keys(item)
      .map((key) => key.toUpperCase())
      .filter((key) => METHODS.includes(key))
      .map((method) => `${method} ${path}`),
  );
}

test('the description names every operation of the API, and no other', () => {
  expect(describedOperations().sort()).toEqual(servedOperations().sort());
});
