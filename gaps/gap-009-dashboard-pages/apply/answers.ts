import { walk } from '../../../src/read/code/walk.ts';
import type { PageContext } from './page-part.ts';

/** What somebody answered in the steps of a page. */
export interface Answers {
  /** The state that names what is to be made. */
  readonly name: string;
  readonly others: readonly { readonly label: string; readonly expression: string }[];
}

const NAME = /^(?:company|project|app|plug)?name$/i;

/** Reads the answers that a component keeps: states that hold text or a list of texts. Undefined without a name. */
export function answersOf(
  { module }: PageContext,
  component: { readonly start: number; readonly end: number },
  separator: string,
): Answers | undefined {
  const states: { readonly name: string; readonly isList: boolean }[] = [];
  walk(module, {
    VariableDeclarator: ({ id, init, start }) => {
      if (start < component.start || start >= component.end) return;
      if (id.type !== 'ArrayPattern' || init?.type !== 'CallExpression') return;
      if (!/^(?:React\.)?useState$/.test(module.text.slice(init.callee.start, init.callee.end))) return;
      const [state] = id.elements;
      const kind = kindOf(module.text.slice(init.callee.end, init.end));
      if (state?.type === 'Identifier' && kind !== undefined)
        states.push({ name: state.name, isList: kind === 'list' });
    },
  });
  const name = states.find((each) => !each.isList && NAME.test(each.name));
  if (!name) return undefined;
  const others = states
    .filter((each) => each !== name)
    .map((each) => ({
      label: labelOf(each.name),
      expression: each.isList ? `${each.name}.join(${separator})` : each.name,
    }));
  return others.length > 0 ? { name: name.name, others } : undefined;
}

/** Of `<string[]>([])`, `('')` or `<string | null>(null)`. */
function kindOf(call: string): 'text' | 'list' | undefined {
  if (/^<string\[\]>\(/.test(call)) return 'list';
  return /^(?:<string(?: \| null)?>)?\((?:null|["'][^"']*["'])\)$/.test(call) && !/^\(null\)$/.test(call)
    ? 'text'
    : undefined;
}

/** `Selected template` of `selectedTemplate`. */
function labelOf(state: string): string {
  const words = state.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
