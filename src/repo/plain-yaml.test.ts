import { describe, expect, it } from 'vitest';
import { isMap, isPair, isScalar, parseDocument } from 'yaml';
import { readPlainYaml } from './plain-yaml.ts';

/** What the library reads, with the places of the keys below `services`. */
function libraryReads(text: string) {
  const document = parseDocument(text, { merge: true, logLevel: 'silent' });
  const services = document.get('services', true);
  const pairs = isMap(services) ? services.items.filter((item) => isPair(item)) : [];
  const places = pairs.map(({ key }) => (isScalar(key) ? [String(key.value), key.range?.[0]] : []));
  return { errors: document.errors.length, value: document.toJS(), places: Object.fromEntries(places) };
}

function expectSame(text: string) {
  const plain = readPlainYaml(text);
  if (!plain) return false;
  const { errors, value, places } = libraryReads(text);
  expect({ text, errors, value: plain.value }).toEqual({ text, errors: 0, value });
  expect(Object.fromEntries(plain.places.get(plain.value.services) ?? [])).toEqual(places);
  return true;
}

const STACK = `# The stack.
version: "3.8"
name: shop

services:
  # What visitors see.
  web:
    build:
      context: ./web   # with its Dockerfile
      dockerfile: Dockerfile
    ports:
    - "80:80"
    - 443:443
    environment:
      - URL=redis://:\${SECRET:-none}@redis:6379
      - MODE=[A.B]
    depends_on: [redis, 'db']
    healthcheck:
      test: ["CMD", "node", "-e", "fetch('http://127.0.0.1:3000').then(r=>{exit(r.ok?0:1)})"]
      interval: 30s
      retries: 3
      disable: false
    deploy:
      resources:
        limits: 
          cpus: 0.50
          memory: 512M
    empty:
    none: null
  redis:
    image: redis:7-alpine
    volumes:
      - type: volume
        source: data
        target: /data
      -   type: tmpfs
          target: /tmp
      -
    env_file: .env
    networks: []

volumes:
  data:
`;

describe('plain YAML', () => {
  it('is read as the library reads it', () => {
    expect(expectSame(STACK)).toBe(true);
  });

  it.each([
    'a: &b 1',
    'a: *b',
    'a: !!str 1',
    'a: |\n  text',
    'a: >-\n  text',
    'a: {b: 1}',
    'a: "b\\n"',
    "a: 'it''s'",
    'a: one\n  two',
    'a:\n  one',
    'a: 1e3',
    'a: 0x1F',
    'a: -1',
    'a: .5',
    'a: ~',
    'a: b: c',
    'a: b:',
    'a: 1\na: 2',
    'a: [b, [c]]',
    'a: [b',
    'a: [b]]',
    'a:\n  b: 1\n c: 2',
    ' a: 1',
    '- a',
    '1: a',
    '"a": b',
    'null: a',
    '<<: a',
    '---\na: 1',
    'a: 1\n---\nb: 2',
    'a:\tb',
    'a: 1234567890123456789',
    'a',
    '',
  ])('leaves %j to the library', (text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });

  it('is never read otherwise than the library does, however a text is mangled', () => {
    const lines = STACK.split('\n');
    const pieces = [
      ' ',
      '  ',
      '-',
      '- ',
      ':',
      ': ',
      '#',
      ' #',
      '"',
      "'",
      '[',
      ']',
      ',',
      '{',
      '&a',
      '*',
      '|',
      '.',
      '1',
      'null',
      '\n',
    ];
    let read = 0;
    for (let turn = 0; turn < lines.length * pieces.length; turn += 1) {
      const at = turn % lines.length;
      const piece = pieces[turn % pieces.length] ?? '';
      const line = lines[at] ?? '';
      const column = (turn * 7) % (line.length + 1);
      const changed = line.slice(0, column) + piece + line.slice(column + (turn % 3));
      const text = lines.with(at, changed).join('\n');
      if (expectSame(text)) read += 1;
      if (expectSame(lines.toSpliced(at, 1 + (turn % 2)).join('\n'))) read += 1;
    }
    expect(read).toBeGreaterThan(500);
  });
});
