import { describe, expect, test } from 'vitest';
import { addVariable, type EnvVariable, hasVariable } from './dotenv.ts';
import { applySpans } from './spans.ts';

function add(text: string, variable: Partial<EnvVariable> = {}): string {
  const result = addVariable(text, { name: 'NEW', value: '', ...variable });
  if ('refused' in result) throw new Error(result.refused);
  return applySpans('.env.example', text, result.spans);
}

describe('addVariable', () => {
  test('appends the variable under its comment', () => {
    expect(add('A=1\n', { comment: 'Where errors go.\nEmpty: nowhere.' })).toBe(
      'A=1\n# Where errors go.\n# Empty: nowhere.\nNEW=\n',
    );
  });

  test('keeps groups apart with a blank line, where the file does', () => {
    expect(add('A=1\n\nB=2\n')).toBe('A=1\n\nB=2\n\nNEW=\n');
    expect(add('A=1\n\nB=2\n\n')).toBe('A=1\n\nB=2\n\nNEW=\n');
  });

  test('goes after the variable it belongs with', () => {
    expect(add('A=1\nB=2 # two\nC=3\n', { after: 'B', comment: 'x' })).toBe(
      'A=1\nB=2 # two\n# x\nNEW=\nC=3\n',
    );
    expect(add('A=1', { after: 'A' })).toBe('A=1\nNEW=');
    expect(add('A=1\n', { after: 'MISSING' })).toBe('A=1\nNEW=\n');
  });

  test('is exported and quoted where every other one is', () => {
    expect(add('export A=1\nexport B=\n', { value: 'x' })).toBe('export A=1\nexport B=\nexport NEW=x\n');
    expect(add('export A=1\nB=2\n', { value: 'x' })).toBe('export A=1\nB=2\nNEW=x\n');
    expect(add("A='1'\nB=''\n", { value: 'x' })).toBe("A='1'\nB=''\nNEW='x'\n");
  });

  test('quotes a value that needs it, so that nothing in it is expanded', () => {
    expect(add('', { value: 'a b#c' })).toBe('NEW="a b#c"\n');
    expect(add('', { value: 'pa$$word' })).toBe("NEW='pa$$word'\n");
    expect(add('', { value: 'say "x"' })).toBe('NEW=\'say "x"\'\n');
  });

  test('refuses a value that fits on no line', () => {
    expect(addVariable('', { name: 'NEW', value: 'a\nb' })).toHaveProperty('refused');
    expect(addVariable('', { name: 'NEW', value: `$'` })).toEqual({
      refused: 'the value of NEW cannot be written on one line',
    });
  });

  test.each(['NEW=\n', 'export NEW=1\n', '  NEW = "x"\n', 'A=1\nNEW=2'])(
    'has nothing to add to %j',
    (text) => {
      expect(add(text)).toBe(text);
      expect(hasVariable(text, 'NEW')).toBe(true);
    },
  );

  test.each(['# NEW=1\n', 'NEWER=1\n', 'MY_NEW=1\n', 'KEY="-----BEGIN\nNEW=inside\n-----END"\n'])(
    'does not take %j for the variable',
    (text) => {
      expect(hasVariable(text, 'NEW')).toBe(false);
      expect(add(text)).toBe(`${text}NEW=${text.startsWith('KEY') ? '""' : ''}\n`);
    },
  );

  test('goes after a whole value of several lines', () => {
    expect(add("A='x\ny'\nB=1\n", { after: 'A' })).toBe("A='x\ny'\nNEW=\nB=1\n");
  });

  test('reads on after a quote that never closes', () => {
    expect(hasVariable('A="x\nNEW=1\n', 'NEW')).toBe(true);
  });
});
