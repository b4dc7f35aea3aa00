import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceError } from '../errors.ts';
import { applySpans } from './spans.ts';
import { addYamlEntries, addYamlEntry, addYamlItem, type YamlValue } from './yaml-entry.ts';

const LIMITS: YamlValue = { resources: { limits: { cpus: "'2'", memory: '2G' } } };

function added(text: string, keys = ['services', 'web'], key = 'deploy', value = LIMITS): string {
  const outcome = addYamlEntry('compose.yml', text, keys, key, value);
  return 'refused' in outcome ? outcome.refused : applySpans('compose.yml', text, outcome.spans);
}

test('after a text that keeps its last blank lines nothing can stand', () => {
  const text = 'services:\n  web:\n    command: |+\n      run\n\n  db:\n    image: db\n';
  expect(added(text)).toContain('|+');
  expect(added(text.replace('|+', '|'))).toContain('limits:');
});

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

describe('comments below the last entry', () => {
  const web = 'services:\n  web:\n    volumes:\n';

  test.each([
    ['an item that is commented out', `${web}      - a:/a\n      # - b:/b # for b\n`, ''],
    ['several of them', `${web}      - a:/a\n      # - b:/b\n      # - c:/c\n`, '\n  db:\n    image: db\n'],
    [
      'one of a list at the column of the keys',
      `${web}    - a:/a\n    # - b:/b\n`,
      '    # about what follows\n',
    ],
    ['what is said of a scalar', 'services:\n  web:\n    image: web\n      # the site\n', '    # more\n'],
    ['those before a blank line', `${web}      - a:/a\n      # - b:/b\n`, '\n      # far away\n'],
    [
      'a key of a map that is commented out',
      'services:\n  web:\n    build:\n      context: .\n      # target: web\n',
      '',
    ],
  ])('stay with it: %s', (_what, own, rest) => {
    const result = added(`${own}${rest}`, ['services', 'web'], 'a', 'b');
    expect(result).toBe(`${own}    a: b\n${rest}`);
  });

  test('any number of them', () => {
    const own = `${web}      - a:/a\n${'      # - b:/b\n'.repeat(20_000)}`;
    expect(added(own, ['services', 'web'], 'a', 'b')).toBe(`${own}    a: b\n`);
  });

  test('stay with the last item of a list', () => {
    const text = `${web}      - type: bind\n        target: /a\n        # read_only: true\n      # - b:/b\n`;
    const outcome = addYamlItem('compose.yml', text, ['services', 'web', 'volumes'], 'c:/c');
    expect('refused' in outcome ? outcome.refused : applySpans('compose.yml', text, outcome.spans)).toBe(
      text.replace('read_only: true\n', 'read_only: true\n      - c:/c\n'),
    );
  });
});

describe('tags and anchors before the first key', () => {
  test.each([
    ['!!merge', 'x: &x\n  tty: true\nservices:\n  web:\n    !!merge <<: *x\n    image: web\n'],
    ['an anchor', 'services:\n  web:\n    &k image: web\n    tty: true\n'],
    ['both', 'services:\n  web:\n    !!str &k image: web\n'],
  ])('%s: the column is that of the line', (_what, text) => {
    expect(added(text, ['services', 'web'], 'a', 'b')).toBe(`${text}    a: b\n`);
  });
});

describe('a key without a value gets one', () => {
  const rest = '\n  db:\n    image: db\n';
  const entry = "      resources:\n        limits:\n          cpus: '2'\n          memory: 2G\n";
  const fill = (line: string) =>
    added(`services:\n  web:\n    image: web\n${line}${rest}`, ['services', 'web', 'deploy'], 'resources', {
      limits: { cpus: "'2'", memory: '2G' },
    });

  test.each([
    ['    deploy:\n', '    deploy:\n'],
    ['    deploy: # later\n', '    deploy: # later\n'],
    ['    deploy: ~\n', '    deploy:\n'],
    ['    deploy: null # later\n', '    deploy: # later\n'],
    ['    deploy:\n      # replicas: 2\n', '    deploy:\n      # replicas: 2\n'],
  ])('%j', (before, after) => {
    expect(fill(before)).toBe(`services:\n  web:\n    image: web\n${after}${entry}${rest}`);
  });
});

describe('an entry joins a map in flow style', () => {
  test.each([
    ['{ image: web }', "{ image: web, deploy: { resources: { limits: { cpus: '2', memory: 2G } } } }"],
    ['{image: web}', "{image: web, deploy: {resources: {limits: {cpus: '2', memory: 2G}}}}"],
    ['{ image: web, }', "{ image: web, deploy: { resources: { limits: { cpus: '2', memory: 2G } } }, }"],
    ['{}', "{ deploy: { resources: { limits: { cpus: '2', memory: 2G } } } }"],
    [
      '{\n    image: web, # one\n    ports: ["80"] # two\n  }',
      '{\n    image: web, # one\n    ports: ["80"], deploy: { resources: { limits: { cpus: \'2\', memory: 2G } } } # two\n  }',
    ],
  ])('%j', (before, after) => {
    expect(added(`services:\n  web: ${before}\n  db: {}\n`)).toBe(`services:\n  web: ${after}\n  db: {}\n`);
  });

  test('below a block map, with what flow style would cut quoted', () => {
    const text = 'services:\n  web:\n    build: { context: . }\n';
    expect(
      added(text, ['services', 'web', 'build'], 'args', { DSN: '${DSN:-}', LIST: ['a', 'b'], NONE: '' }),
    ).toBe(
      "services:\n  web:\n    build: { context: ., args: { DSN: '${DSN:-}', LIST: [a, b], NONE: null } }\n",
    );
  });
});

test('several entries are added at once', () => {
  const outcome = addYamlEntries('compose.yml', 'web: {}\n', ['web'], { a: '1', b: { c: '2' } });
  expect('spans' in outcome && applySpans('compose.yml', 'web: {}\n', outcome.spans)).toBe(
    'web: { a: 1, b: { c: 2 } }\n',
  );
});

describe('a list and a key without a value are added', () => {
  test('with the dashes where the file has them', () => {
    const text = 'services:\n  web:\n    ports:\n    - "80"\nvolumes:\n  logs:\n';
    const volumes = added(text, ['services', 'web'], 'volumes', ['data:/data']);
    expect(volumes).toBe(text.replace('"80"\n', '"80"\n    volumes:\n    - data:/data\n'));
    expect(added(text, ['volumes'], 'data', '')).toBe(`${text}  data:\n`);
  });

  test('indented where the file has no list', () => {
    expect(added('services:\n  web:\n    image: a\n', ['services', 'web'], 'volumes', ['a:/a', 'b:/b'])).toBe(
      'services:\n  web:\n    image: a\n    volumes:\n      - a:/a\n      - b:/b\n',
    );
  });
});

describe('an item joins a list', () => {
  const join = (text: string): string => {
    const outcome = addYamlItem('compose.yml', text, ['services', 'web', 'volumes'], 'data:/data');
    return 'refused' in outcome ? outcome.refused : applySpans('compose.yml', text, outcome.spans);
  };
  const head = 'services:\n  web:\n    volumes:\n';

  test.each([
    [
      'behind a comment',
      `${head}      - a:/a # why\n\n  other: {}\n`,
      '- a:/a # why\n      - data:/data\n\n',
    ],
    ['without indentation', `${head}    - a:/a\n    tty: true\n`, '    - a:/a\n    - data:/data\n    tty'],
    [
      'behind a map',
      `${head}      - type: bind\n        source: .\n        target: /x\n`,
      'target: /x\n      - data:/data\n',
    ],
    ['without a final line feed', `${head}      - a:/a`, '- a:/a\n      - data:/data'],
  ])('%s', (_where, before, after) => {
    expect(join(before)).toContain(after);
  });

  test('and is there once', () => {
    const text = `${head}      - "data:/data"\n`;
    expect(join(text)).toBe(text);
  });

  test.each([
    ['in flow style', 'services:\n  web:\n    volumes: [a]\n', /not a list/],
    ['behind an alias', 'x: &x\n  - a\nservices:\n  web:\n    volumes: *x\n', /not a list/],
    ['with an anchor', 'services:\n  web:\n    volumes: &v\n      - a\n', /not a list/],
    ['that is a text', 'services:\n  web:\n    volumes: a\n', /not a list/],
    ['that is not there', 'services:\n  web:\n    image: a\n', /not a list/],
    ['of no service', 'services:\n  web:\n', /not a list/],
    ['in several documents', `${head}      - a\n---\nb: 1\n`, /one YAML document/],
  ])('but not to one %s', (_why, text, reason) => {
    expect(join(text)).toMatch(reason);
  });
});

describe('an edit is refused', () => {
  test.each([
    ['in flow style without a last value', 'services:\n  web: { image: web, tty: }\n', /without a value/],
    [
      'in flow style with nothing but a comment',
      'services:\n  web: { # none\n  }\n',
      /nothing but a comment/,
    ],
    ['behind an alias', 'x: &x\n  image: web\nservices:\n  web: *x\n', /alias/],
    ['of an anchored map', 'services:\n  web: &w\n    image: web\n  other: *w\n', /&w/],
    ['where nothing is', 'services:\n  db:\n    image: db\n', /not there or empty/],
    ['below an anchor', 'services:\n  web: &w\n  db: *w\n', /not there or empty/],
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
