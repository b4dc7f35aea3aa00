import type { JSXOpeningElement } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { requestsOf } from '../../../src/read/code/imports.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { CLIENT_HOOKS } from '../tables.ts';

/** Something that works in the browser alone. */
interface ClientOnly {
  readonly at: number;
  readonly what: string;
}

/** The first hook or event handler in a file that is rendered on the server. */
export function findClientOnly(module: SourceModule): ClientOnly | undefined {
  const requests = requestsOf(module).filter(({ specifier, name }) => isHook(specifier, name));
  const hooks = new Set(requests.map(({ local }) => local));
  if (hooks.size === 0 && !/\bReact\.use|\son[A-Z]\w*=|<style\s+jsx/.test(module.text)) return undefined;
  const found: ClientOnly[] = [];
  walk(module, {
    CallExpression: ({ start, callee }) => {
      if (callee.type === 'Identifier' && hooks.has(callee.name))
        found.push({ at: start, what: `${callee.name}()` });
      if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return;
      const { object, property } = callee;
      if (object.name === 'React' && property.type === 'Identifier' && isHook('react', property.name))
        found.push({ at: start, what: `${property.name}()` });
    },
    JSXOpeningElement: (node) => {
      found.push(...handlersOf(node));
    },
  });
  return found.sort((a, b) => a.at - b.at)[0];
}

function isHook(specifier: string, name: string): boolean {
  return CLIENT_HOOKS.get(specifier)?.test(name) === true;
}

/** The event handlers of an element of HTML, and the style that needs the browser. */
function handlersOf({ name, attributes }: JSXOpeningElement): readonly ClientOnly[] {
  if (name.type !== 'JSXIdentifier' || !/^[a-z]/.test(name.name)) return [];
  return attributes.flatMap((attribute) => {
    if (attribute.type !== 'JSXAttribute' || attribute.name.type !== 'JSXIdentifier') return [];
    const what = attribute.name.name;
    const isClient = /^on[A-Z]/.test(what) || (name.name === 'style' && what === 'jsx');
    return isClient ? [{ at: attribute.start, what }] : [];
  });
}
