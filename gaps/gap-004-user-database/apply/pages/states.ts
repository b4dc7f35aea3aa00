import type { SourceModule } from '../../../../src/contract.ts';
import { walk } from '../../../../src/read/code/walk.ts';

/** The names of the values that a module keeps with useState. */
export function statesOf(module: SourceModule): readonly string[] {
  const found: string[] = [];
  walk(module, {
    VariableDeclarator: ({ id, init }) => {
      if (id.type !== 'ArrayPattern' || init?.type !== 'CallExpression') return;
      const hook = module.text.slice(init.callee.start, init.callee.end);
      const [value] = id.elements;
      if (/^(React\.)?useState$/.test(hook) && value?.type === 'Identifier') found.push(value.name);
    },
  });
  return found;
}

/** Whether a name means something in a module already. */
export function isTaken(module: SourceModule, name: string): boolean {
  let isFound = false;
  walk(module, {
    Identifier: (node) => {
      if (node.name === name) isFound = true;
    },
  });
  return isFound;
}
