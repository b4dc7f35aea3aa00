import { expect, test } from 'vitest';
import type { Edit } from '../contract.ts';
import { besides } from './also-changes.ts';

const splice = (path: string): Edit => ({ kind: 'splice', path, base: '', spans: [] });

test('each kind of file that stands there already has its sentence, once', () => {
  const edits: readonly Edit[] = [
    splice('deploy.sh'),
    splice('a.yml'),
    splice('b.yml'),
    splice('other.ts'),
    { kind: 'create', path: 'new.sh', text: '' },
  ];
  const rows = [
    [/\.sh$/, 'Calls {{path}} otherwise.'],
    [/\.yml$/, 'Mounts a volume.'],
  ] as const;
  expect(besides(edits, rows)).toEqual({ alsoChanges: ['Calls deploy.sh otherwise.', 'Mounts a volume.'] });
});

test('nothing to say is no list', () => {
  expect(besides([], [[/./, 'x']])).toEqual({});
});
