import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { attributeOf, childElements, hasSpread, scanJsx } from './markup.ts';

interface Name {
  readonly type: string;
  readonly name?: string | Name;
  readonly object?: Name;
  readonly property?: Name;
  readonly namespace?: Name;
}

function nameOf(node: Name | undefined): string {
  if (!node) return '';
  if (node.type === 'JSXMemberExpression') return `${nameOf(node.object)}.${nameOf(node.property)}`;
  if (node.type === 'JSXNamespacedName')
    return `${nameOf(node.namespace)}:${typeof node.name === 'object' ? nameOf(node.name) : ''}`;
  return typeof node.name === 'string' ? node.name : '';
}

/** The same elements as a real parser sees them: name, place, names of attributes. */
function parsed(text: string): readonly (readonly [string, number, number, string])[] {
  const { program, errors } = parseSync('component.tsx', text);
  expect(errors).toEqual([]);
  const found: [string, number, number, string][] = [];
  new Visitor({
    JSXElement({ openingElement, start, end }) {
      const names = openingElement.attributes.map((attribute) =>
        attribute.type === 'JSXSpreadAttribute' ? '...' : nameOf(attribute.name),
      );
      found.push([nameOf(openingElement.name), start, end, names.join()]);
    },
    JSXFragment({ start, end }) {
      found.push(['', start, end, '']);
    },
  }).visit(program);
  return found.sort((a, b) => a[1] - b[1]);
}

function scanned(text: string) {
  return scanJsx(text).map(({ name, start, end, attributes }) => [
    name,
    start,
    end,
    attributes.map((attribute) => (attribute.kind === 'spread' ? '...' : attribute.name)).join(),
  ]);
}

describe('the element scanner sees what a parser sees', () => {
  test.each([
    'const a = <div />;',
    'const a = cond ? <A.B x="1" y={2} z /> : <></>;',
    'const f = <T,>(x: T) => x; const g = <T extends U>(x: T) => <p>{x}</p>;',
    'const a = b < c && d > e; const s = "<div>"; // <p>\n/* <i> */ const t = `<b>${<em />}</b>`;',
    'const r = /<div>["\']/g.test(x) ? <a /> : null; const q = a / b / c;',
    'function F() { return <ul>{items.map((i) => <li key={i}>{i.a ? <B {...i} /> : "x > y"}</li>)}</ul>; }',
    'const a = <input value={`a${b}`} onChange={(e) => { if (e < 3) go("}"); }} />;',
    "const a = <Foo<Bar> render={() => <p>don't</p>} icon=<I /> {/* c */ ...rest} />;",
    'const [x] = useState<Map<string, A>>(new Map()); const y = x as A<B>; const z = <svg:a xlink:href="#" />;',
    'const a = <p>it\'s {"a"} // no comment <b>x</b> /* nor this */</p>;',
    "const s = 'it\\'s <b>'; const a = <i k={'}'} style={{ a: '}' }} l d='x'>x</i>;",
    'function F() {\n  return (\n    // global-error must include html and body\n    <html><body /></html>\n  );\n}',
    'const a = ( // it\'s "a"\n  // eslint-disable-next-line\n\n  /* b */ <p />);',
    'const a = ok && ( /* x */ // http://x.y\n  <p />); const b = c // d\n< e; const f = "//" // g\n;',
    "const u = 'http://a' // b\n< c; const v = [ 'http://a', // b\n<p />];",
    "// it's\nconst a = <p>{'a'}</p>; /* don't */ const b = <q r = 's' t\n/>; const c = <u>v</u >;",
  ])('%s', (text) => {
    expect(scanned(text)).toEqual(parsed(text));
  });

  test('in every component of the sample', () => {
    const root = 'test/fixtures/aims/frontend';
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.tsx'),
    );
    expect(files.length).toBeGreaterThan(20);
    for (const path of files) {
      const text = readFileSync(join(root, path), 'utf8');
      expect(scanned(text), path).toEqual(parsed(text));
    }
  });

  // Each of them is read in one match where it is as long as what people write.
  test.each([
    ['strings', 'f(', '""', ');<br />'],
    ['quotes', 'f(', "''", ');<br />'],
    ['escapes', 'f("', '\\"', '");<br />'],
    ['stars', '/*', '* ', '*/<br />'],
    ['comments', '', '/**/', '<br />'],
    ['strings in an attribute', '<br a={', '""', '} />'],
    ['objects in an attribute', '<br a={', '{}', '} />'],
    ['strings of an object', '<br a={{', '""', '}} />'],
    ['templates in an attribute', '<br a={', '``', '} />'],
    ['places in a template', '<br a={`', '${a}', '`} />'],
  ])('however many %s follow each other', (_, before, one, after) => {
    const text = `${before}${one.repeat(5_000_000 / one.length)}${after}`;
    expect(scanJsx(text).map(({ name, end }) => [name, end])).toEqual([['br', text.length]]);
  });

  test('and never throws or hangs on what is no code', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('<', '>', '/', '{', '}', 'a', '"', '`', '$', ' ', '=', '\n', '('),
        }),
        (text) => {
          scanJsx(text);
        },
      ),
    );
  });
});

test('attributes, spreads and children are told apart', () => {
  const [button] = scanJsx(
    '<button type="button" aria-label={label} disabled {...rest}>Save {x && <b>all</b>}<i /></button>',
  );
  if (!button) throw new Error('no element');
  expect(attributeOf(button, 'type')).toEqual({ kind: 'text', name: 'type', value: 'button' });
  expect(attributeOf(button, 'aria-label')).toEqual({
    kind: 'expression',
    name: 'aria-label',
    value: 'label',
  });
  expect(attributeOf(button, 'disabled')).toEqual({ kind: 'flag', name: 'disabled' });
  expect(hasSpread(button)).toBe(true);
  expect(childElements(button).map(({ name, parent }) => [name, parent === button])).toEqual([
    ['b', true],
    ['i', true],
  ]);
  expect(button.children.map(({ kind }) => kind)).toEqual(['text', 'expression', 'element']);
});

test('type arguments that never close are given up, not read to the end of the file for each', () => {
  const started = performance.now();
  scanJsx(`const a = ${'<a<'.repeat(100_000)};`);
  expect(performance.now() - started).toBeLessThan(2000);
});
