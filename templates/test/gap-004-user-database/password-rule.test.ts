// @vitest-environment node
import { expect, test } from 'vitest';
import { isEasyToGuess } from '../../gap-004-user-database/frontend/lib/password-rule.ts';

test.each([
  ['1234567890', '0987654321', '9876543210', '8901234567'],
  ['aaaaaaaaaa', '1212121212', 'abcabcabcabc', '..........', '😀😀😀😀😀😀😀😀😀😀'],
  ['1234567891', '123456789a', 'qwertyuiop1', 'zxcvbnm123'],
  ['q1w2e3r4t5', '1qaz@WSX3edc', 'passwordpassword', 'abcdefgabcdefg'],
  ['qwertyuiop', 'asdfghjklz', 'abcdefghij', '1q2w3e4r5t', '1qaz2wsx3edc'],
  ['password123', 'Passw0rd2024', 'P@ssw0rd!!', 'pa$$word1234', '123password', 'Welcome2026!', 'Administrator'],
])('%s, %s and their like are easy to guess', (...passwords) => {
  expect(passwords.filter((password) => !isEasyToGuess(password))).toEqual([]);
});

test('what only holds such a word, or has many characters, is not', () => {
  const good = ['correct horse battery staple', 'my password is long', '4839201756', 'R&D costs $5; really', 'пароль который длинный', 'Мой-любимый-кот-Google-2024'];
  expect(good.filter(isEasyToGuess)).toEqual([]);
});

test('a password that is too long anyway is not looked at', () => {
  const start = performance.now();
  expect(isEasyToGuess('0'.repeat(1_000_000))).toBe(false);
  expect(performance.now() - start).toBeLessThan(20);
});
