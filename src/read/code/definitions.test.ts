import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { definitionsOf } from './definitions.ts';

const FILES = {
  'ui/index.ts': "export * from './button';\nexport * from './card';\n",
  'ui/button.tsx': 'const Card = 1;\nexport const Button = () => <button>{Card}</button>;\n',
  'ui/card.tsx': 'export function Card() { return <div />; }\n',
  'ui/old.js': 'function Old() {}\nmodule.exports = { Old };\n',
};

function placesOf(path: string, name: string) {
  const repo = createRepo(memorySource(FILES));
  return definitionsOf(repo, { dir: '' }, path, name).map(
    ({ module, start }) => `${module.path} ${module.text.slice(start).split('(')[0]}`,
  );
}

test('what a module keeps to itself is not what another one exports under that name', () => {
  expect(placesOf('ui/index.ts', 'Card')).toEqual(['ui/card.tsx function Card']);
  expect(placesOf('ui/button.tsx', 'Card')).toEqual([]);
});

test('what a module of CommonJS declares is found, although it exports nothing by statements', () => {
  expect(placesOf('ui/old.js', 'Old')).toEqual(['ui/old.js function Old']);
});
