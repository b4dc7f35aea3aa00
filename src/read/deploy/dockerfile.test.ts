import { expect, test } from 'vitest';
import { instructionsOf } from './dockerfile.ts';

const TEXT = `# syntax=docker/dockerfile:1
ARG NODE=20
FROM node:\${NODE} AS builder
# a comment
RUN npm ci && \\
    npm run build
from node:20
COPY --from=builder /app ./
`;

test('instructions know their stage, and continued lines belong to them', () => {
  expect(
    instructionsOf(TEXT).map(({ keyword, stage, stageName, start, end }) => [
      keyword,
      stage,
      stageName,
      TEXT.slice(start, end).split('\n').length,
    ]),
  ).toEqual([
    ['ARG', -1, undefined, 1],
    ['FROM', 0, 'builder', 1],
    ['RUN', 0, 'builder', 2],
    ['FROM', 1, undefined, 1],
    ['COPY', 1, undefined, 1],
  ]);
});

test('offsets cut the instruction out of the text', () => {
  const last = instructionsOf(TEXT).at(-1);
  expect(TEXT.slice(last?.start, last?.end)).toBe('COPY --from=builder /app ./');
});
