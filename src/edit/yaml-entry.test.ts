import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceError } from '../errors.ts';
import { applySpans } from './spans.ts';
import { addYamlEntry, type YamlValue } from './yaml-entry.ts';

const LIMITS: YamlValue = { resources: { limits: { cpus: "'2'", memory: '2G' } } };

function added(text: string, keys = ['services', 'web'], key = 'deploy', value = LIMITS): string {
  const outcome = addYamlEntry('compose.yml', text, keys, key, value);
  return 'refused' in outcome ? outcome.refused : applySpans('compose.yml', text, outcome.spans);
}

describe('an entry is added to a block map', () => {
  test('before the blank line and the banner of the next service', () => {
    const text = `services:
  # the site
  web:
    image: web # pinned later
    healthcheck:
      test: ["CMD", "true"]

  # ---- cache ----
  cache:
    image: redis
`;
    expect(added(text)).toBe(`services:
  # the site
  web:
    image: web # pinned later
    healthcheck:
      test: ["CMD", "true"]
    deploy:
      resources:
        limits:
          cpus: '2'
          memory: 2G

  # ---- cache ----
  cache:
    image: redis
`);
  });

  test.each([
    [
      'last in the file without a final line feed',
      'services:\n  web:\n    image: web',
      'services:\n  web:\n    image: web\n    a: b',
    ],
    [
      'with four blanks',
      'services:\n    web:\n        image: web\n',
      'services:\n    web:\n        image: web\n        a: b\n',
    ],
    [
      'after a list',
      'services:\n  web:\n    ports:\n      - "80"\n      - "81"\n\nx: 1\n',
      'services:\n  web:\n    ports:\n      - "80"\n      - "81"\n    a: b\n\nx: 1\n',
    ],
    [
      'after a list that is not indented',
      'services:\n  web:\n    ports:\n    - "80"\nx: 1\n',
      'services:\n  web:\n    ports:\n    - "80"\n    a: b\nx: 1\n',
    ],
    [
      'after a block scalar',
      'services:\n  web:\n    command: |\n      one\n      two\n\nx: 1\n',
      'services:\n  web:\n    command: |\n      one\n      two\n    a: b\n\nx: 1\n',
    ],
    [
      'after an empty value',
      'services:\n  web:\n    image: web\n    tty:\nx: 1\n',
      'services:\n  web:\n    image: web\n    tty:\n    a: b\nx: 1\n',
    ],
    [
      'after a trailing comment',
      'services:\n  web:\n    image: web # why\n    # about nothing\nx: 1\n',
      'services:\n  web:\n    image: web # why\n    a: b\n    # about nothing\nx: 1\n',
    ],
    [
      'with quoted keys',
      '"services":\n  "web":\n    image: web\n',
      '"services":\n  "web":\n    image: web\n    a: b\n',
    ],
    [
      'beside a merge key',
      'x: &x\n  tty: true\nservices:\n  web:\n    <<: *x\n    image: web\n',
      'x: &x\n  tty: true\nservices:\n  web:\n    <<: *x\n    image: web\n    a: b\n',
    ],
  ])('%s', (_where, before, after) => {
    expect(added(before, ['services', 'web'], 'a', 'b')).toBe(after);
  });
});

describe('an edit is refused', () => {
  test.each([
    ['in flow style', 'services:\n  web: { image: web }\n', /flow style/],
    ['behind an alias', 'x: &x\n  image: web\nservices:\n  web: *x\n', /alias/],
    ['of an anchored map', 'services:\n  web: &w\n    image: web\n  other: *w\n', /&w/],
    ['where nothing is', 'services:\n  web:\n', /not there or empty/],
    ['where the key exists', 'services:\n  web:\n    deploy: {}\n', /exists already/],
    ['of a list', 'services:\n  web:\n    - a\n', /not a map/],
    ['in several documents', 'services:\n  web:\n    image: a\n---\nb: 1\n', /one YAML document/],
  ])('%s', (_why, text, reason) => {
    expect(added(text)).toMatch(reason);
  });

  test('of what is not YAML, with the place', () => {
    expect(() => added('services:\n\tweb: 1\n')).toThrow(SourceError);
  });
});

test('every other line stays, whatever the file holds', () => {
  const scalar = fc.constantFrom('a', "'b'", '"c"', '12', 'true', '# not', '[1, 2]', '{ a: 1 }');
  const service = fc.array(
    fc.tuple(
      fc.constantFrom('image', 'tty', 'user', 'init'),
      scalar,
      fc.constantFrom('', ' # why', '\n', '\n    # own line'),
    ),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(service, fc.array(fc.constantFrom('', '  # banner', '# top')), (entries, between) => {
      const unique = [...new Map(entries.map((entry) => [entry[0], entry])).values()];
      const body = unique.map(([key, value, after]) => `    ${key}: ${value}${after}`).join('\n');
      const text = `services:\n  web:\n${body}\n${between.join('\n')}\n  cache:\n    image: redis\n`;
      const result = added(text, ['services', 'web'], 'a', 'b');
      expect(result.split('\n').filter((line) => line !== '    a: b')).toEqual(text.split('\n'));
    }),
  );
});
