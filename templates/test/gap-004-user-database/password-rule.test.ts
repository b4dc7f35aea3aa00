// @vitest-environment node
import { expect, test } from 'vitest';
import { isEasyToGuess } from '../../gap-004-user-database/frontend/lib/password-rule.ts';

test.each([
  ['1234567890', '0987654321', '9876543210', '8901234567'],
  ['aaaaaaaaaa', '1212121212', 'abcabcabcabc', '..........', '😀😀😀😀😀😀😀😀😀😀'],
  ['qwertyuiop', 'asdfghjklz', 'abcdefghij', '1q2w3e4r5t', '1qaz2wsx3edc'],
  ['password123', 'Passw0rd2024', 'P@ssw0rd!!', 'pa$$word1234', '123password', 'Welcome2026!', 'Administrator'],
])('%s, %s and their like are easy to guess', (...passwords) => {
  expect(passwords.filter((password) => !isEasyToGuess(password))).toEqual([]);
});

test('what only holds such a word, or has many characters, is not', () => {
  const good = ['correct horse battery staple', 'my password is long', '4839201756', 'R&D costs $5; really', 'пароль который длинный'];
  expect(good.filter(isEasyToGuess)).toEqual([]);
});
