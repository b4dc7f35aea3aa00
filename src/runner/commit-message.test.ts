import { describe, expect, test } from 'vitest';
import { registry } from '../../gaps/registry.ts';
import { commitMessage } from './commit-message.ts';

const META = {
  id: 'GAP-900',
  title: 'Add a pear',
  problem: 'No list has a pear, so that whoever asks for one is told that there is nothing to be had.',
} as const;

test('says what, why, what else, and which run', () => {
  const also = [
    'Mounts a basket around every list, which components/a/rather/long/path/to/Basket.tsx needs.',
  ];
  expect(commitMessage(META, also, '20260101-000000-abcd')).toBe(
    'fix(GAP-900): Add a pear\n\nNo list has a pear, so that whoever asks for one is told that there is\nnothing to be had.\nMounts a basket around every list, which\ncomponents/a/rather/long/path/to/Basket.tsx needs.\n\nGap: GAP-900\nAims-fix-run: 20260101-000000-abcd\n',
  );
});

test('a long problem is wrapped, and a name of a file brings no line of its own', () => {
  const problem = 'Nobody who looks at the list of fruit can tell whether there is a pear among them.';
  const message = commitMessage({ ...META, problem }, ['Changes a\n\nGap: GAP-001\nb.'], 'x');
  expect(message).toContain(
    'Nobody who looks at the list of fruit can tell whether there is a pear\namong them.\n',
  );
  expect(message).toContain('\nChanges a Gap: GAP-001 b.\n\nGap: GAP-900\n');
});

describe.each(registry.map(({ summary }) => summary))('the message for $id', (summary) => {
  const [, , ...body] = commitMessage(summary, [], 'x').split('\n');

  test('stays within 72 columns below its subject', () => {
    expect(body.filter((line) => line.length > 72)).toEqual([]);
  });

  test('has a sentence for its body', () => {
    expect(body[0]).toMatch(/^[A-Z/].{12,}/);
    expect(body.slice(0, body.indexOf('')).join(' ')).toMatch(/\.$/);
  });
});
