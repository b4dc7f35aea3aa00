import { describe, expect, test } from 'vitest';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { inHouseStyle } from './house-style.ts';

const TEMPLATE = `'use client';

import Link from 'next/link';

// it's a comment with 'quotes'
export const text = 'plain' + 'say "hi"' + 'it\\'s';
type Kind = 'a' | 'b';
export default function Page() {
  return (
    <Link href="/" title={'home'}>
      it is 'here'
    </Link>
  );
}
`;

function styled(...neighbours: readonly string[]): string {
  const files = Object.fromEntries(neighbours.map((text, index) => [`app/${index}.tsx`, text]));
  return inHouseStyle(createRepo(memorySource(files)), Object.keys(files), 'page.tsx', TEMPLATE);
}

describe('inHouseStyle', () => {
  test('leaves a template as it is beside files of its own style, or none', () => {
    expect(styled()).toBe(TEMPLATE);
    expect(styled("import a from 'a';\nfunction b() {\n  c();\n}\n")).toBe(TEMPLATE);
  });

  test('takes the quotes of most imports, in code alone', () => {
    const text = styled('import a from "a";\nimport b from "b";\n', "import c from 'c';\n");
    expect(text).toContain('"use client";\n\nimport Link from "next/link";');
    expect(text).toContain('type Kind = "a" | "b";');
    expect(text).toContain('title={"home"}');
    expect(text).toContain("// it's a comment with 'quotes'");
    expect(text).toContain("it is 'here'");
  });

  test('keeps a string that would need an escape', () => {
    expect(styled('import a from "a";\n')).toContain(`"plain" + 'say "hi"' + 'it\\'s';`);
  });

  test('stays in single quotes when the imports are half and half', () => {
    expect(styled('import a from "a";\n', "import b from 'b';\n")).toBe(TEMPLATE);
  });

  test('takes the indentation of most files', () => {
    const tabs = 'function a() {\n\tb();\n}\n';
    const four = 'function a() {\n    b();\n}\n';
    expect(styled(tabs, tabs, four)).toContain(
      '\n\treturn (\n\t\t<Link href="/" title={\'home\'}>\n\t\t\tit is',
    );
    expect(styled(tabs, four, four)).toContain('\n    return (\n        <Link');
  });

  test('asks no file that cannot be read', () => {
    const repo = createRepo(memorySource({ 'app/a.tsx': Buffer.from([0xff, 0x00]) }));
    expect(inHouseStyle(repo, ['app/a.tsx', 'app/missing.tsx'], 'page.tsx', TEMPLATE)).toBe(TEMPLATE);
  });
});
