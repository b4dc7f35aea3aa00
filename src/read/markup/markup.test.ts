import { describe, expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { collectUnread } from '../../repo/unread.ts';
import { attributeOf, childElements, hasSpread, jsxElements, scanJsx } from './markup.ts';

function namesIn(text: string, path = 'a.tsx'): readonly string[] {
  return jsxElements(createRepo(memorySource({ [path]: text })), path).map(({ name }) => name);
}

describe('every element of a file is found, in order', () => {
  test.each([
    ['const a = cond ? <A.B x="1" y={2} z /> : <></>;', ['A.B', '']],
    ['const f = <T,>(x: T) => x; const g = <T extends U>(x: T) => <p>{x}</p>;', ['p']],
    ['const a = b < c && d > e; const s = "<div>"; // <p>\nconst t = `<b>${<em />}</b>`;', ['em']],
    ['const r = /<div>["\']/g.test(x) ? <a /> : null; const q = a / b / c;', ['a']],
    ['const a = <ul>{items.map((i) => <li>{i.a ? <B {...i} /> : "x > y"}</li>)}</ul>;', ['ul', 'li', 'B']],
    ["const a = <Foo<Bar> render={() => <p>don't</p>} icon=<I /> {...rest} />;", ['Foo', 'p', 'I']],
    ['const x = useState<Map<string, A>>(new Map()); const z = <svg:a xlink:href="#" />;', ['svg:a']],
    ['const a = <p>it\'s {"a"} // no comment <b>x</b> /* nor this */</p>;', ['p', 'b']],
    [
      'const a = isOpen && (\n  // closes the row.\n  <button><TrashIcon /></button>\n);',
      ['button', 'TrashIcon'],
    ],
    ['const a = isOpen && ( // it\'s "open"\n  /* x */ // http://x.y\n  <p />);', ['p']],
    ['const a = (\n  // one\n\n  // two < three\n  <p>\n    // text <i />\n  </p>\n);', ['p', 'i']],
    ['switch (a) { case 1: // b\n return <u />; default: return (// c\n <b />) }', ['u', 'b']],
  ])('%s', (text, names) => expect(namesIn(text)).toEqual(names));

  test('and none where `<T>` is a cast', () => {
    expect(namesIn('const a = <T>(x as unknown);', 'a.ts')).toEqual([]);
    expect(namesIn('const a = <T>x</T>;', 'a.jsx')).toEqual(['T']);
  });

  test('of a file that does not parse none is known, and that is noted', () => {
    const repo = createRepo(memorySource({ 'a.tsx': '<p />; const = <b />;', 'b.tsx': '<p />' }));
    const look = () => ['a.tsx', 'b.tsx', 'c.tsx'].map((path) => jsxElements(repo, path).length);
    expect(collectUnread(look)).toEqual({ value: [0, 1, 0], unread: ['a.tsx'] });
  });
});

describe('an element', () => {
  const [button, all, icon] = scanJsx(
    '<button type="button" aria-label={ label } disabled {...rest} {/* c */ ...more} a=<a/>>Save\n {x && <b>all</b>} <i/></button>',
  ).filter(({ name }) => name !== 'a');
  if (!button || !all || !icon) throw new Error('no element');

  test('has its attributes as they are written', () => {
    expect(attributeOf(button, 'type')).toEqual({ kind: 'text', name: 'type', value: 'button' });
    expect(attributeOf(button, 'aria-label')).toEqual({
      kind: 'expression',
      name: 'aria-label',
      value: 'label',
    });
    expect(attributeOf(button, 'disabled')).toEqual({ kind: 'flag', name: 'disabled' });
    expect(attributeOf(button, 'a')).toEqual({ kind: 'expression', name: 'a', value: '<a/>' });
    expect(attributeOf(button, 'b')).toBeUndefined();
    expect(button.attributes.filter(({ kind }) => kind === 'spread')).toEqual([
      { kind: 'spread', value: 'rest' },
      { kind: 'spread', value: 'more' },
    ]);
    expect([hasSpread(button), hasSpread(all)]).toEqual([true, false]);
  });

  test('of two attributes with one name has the last', () => {
    const [twice] = scanJsx('<p a="1" a={2} />');
    expect(twice && attributeOf(twice, 'a')).toMatchObject({ value: '2' });
  });

  test('has its children, those in expressions among them, and what stands around it', () => {
    expect(button.children.map(({ kind }) => kind)).toEqual(['text', 'expression', 'element']);
    expect(button.children[1]).toMatchObject({ source: 'x && <b>all</b>', elements: [all] });
    expect(childElements(button)).toEqual([all, icon]);
    expect([all.parent, icon.parent, button.parent]).toEqual([button, button, undefined]);
  });

  test('has the source of its opening tag, and of all of it where it holds nothing but text', () => {
    expect(all.source).toBe('<b>all</b>');
    expect(icon.source).toBe('<i/>');
    expect(button.source).toMatch(/^<button .*>$/s);
    expect(button.source).not.toContain('Save');
  });
});

test('an element that stands in an attribute has the other around it, and is no child of it', () => {
  const [outer, inner] = scanJsx('<a icon={<b />} c=<i />>x</a>');
  expect(inner?.parent).toBe(outer);
  expect(outer?.children).toEqual([{ kind: 'text', text: 'x' }]);
});
