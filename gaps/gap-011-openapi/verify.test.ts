import { describe, expect, test } from 'vitest';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import type { Answer, Ask, Visitor } from '../../src/world.ts';
import { answersFit } from './verify/answers-fit.ts';
import { lintsClean } from './verify/redocly.ts';

const DESCRIPTION = `openapi: 3.0.3
info: { title: X, version: 1.0.0 }
paths:
  /api/items/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      parameters: [{ name: most, in: query, required: true, schema: { type: integer } }]
      responses:
        '200':
          description: OK.
          content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } }
    put:
      requestBody: { required: true, content: { application/json: {} } }
      responses:
        '204': { description: Done. }
        '400': { $ref: '#/components/responses/Wrong' }
components:
  schemas:
    Item:
      type: object
      properties: { id: { type: string }, note: { type: string, nullable: true } }
      required: [id]
  responses:
    Wrong:
      description: Wrong.
      content: { application/json: { schema: { type: object, required: [error] } } }
`;

const repo = createRepo(memorySource({ 'docs/openapi.yaml': DESCRIPTION }));

function answer(status: number, json?: unknown): Answer {
  const text = json === undefined ? '' : JSON.stringify(json);
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    text,
    json,
    milliseconds: 1,
  };
}

/** An application that answers so, and what it was asked. */
async function judged(answers: (path: string, ask: Ask) => Answer) {
  const asked: string[] = [];
  const visitor: Visitor = {
    address: '192.0.2.1',
    ask: async (path, ask = {}) => {
      asked.push(`${ask.method} ${path} ${typeof ask.body === 'string' ? ask.body : ''}`.trim());
      return answers(path, ask);
    },
    signIn: async () => false,
    session: async () => undefined,
  };
  const verdict = await answersFit({ visitor: () => visitor }, repo, { path: 'docs/openapi.yaml', base: '' });
  return { verdict, asked };
}

const right = (_path: string, { method, body }: Ask) => {
  if (method === 'GET') return answer(200, { id: 'a', note: null });
  return body === '{}' ? answer(204) : answer(400, { error: 'No JSON' });
};

describe('the answers of the application', () => {
  test('fit where each has the status, the type and the shape that is described', async () => {
    const { verdict, asked } = await judged(right);
    expect(verdict).toEqual({
      verdict: 'pass',
      evidence: [{ subject: '2 operations', observed: '1 × 200, 1 × 204, 1 × 400' }],
    });
    expect(asked).toEqual([
      'GET /api/items/sample?most=1',
      'PUT /api/items/sample {',
      'PUT /api/items/sample {}',
    ]);
  });

  test.each<[string, (path: string, ask: Ask) => Answer, string]>([
    [
      'another status',
      (path, ask) => (ask.method === 'GET' ? answer(500, { error: 'x' }) : right(path, ask)),
      'GET /api/items/{id} asked by nobody: answers 500, which is not described',
    ],
    [
      'another shape',
      (path, ask) => (ask.method === 'GET' ? answer(200, { name: 'a' }) : right(path, ask)),
      "GET /api/items/{id} asked by nobody: the answer must have required property 'id'",
    ],
    [
      'a shape of the wrong type',
      (path, ask) => (ask.method === 'GET' ? answer(200, { id: 1 }) : right(path, ask)),
      'GET /api/items/{id} asked by nobody: the answer/id must be string',
    ],
    [
      'an error of another shape',
      (path, ask) => (ask.body === '{' ? answer(400, { message: 'x' }) : right(path, ask)),
      "PUT /api/items/{id} with a body that is no JSON: the answer must have required property 'error'",
    ],
    [
      'another type',
      (path, ask) =>
        ask.method === 'GET'
          ? { ...answer(200, 'x'), headers: { 'content-type': 'text/html' } }
          : right(path, ask),
      'GET /api/items/{id} asked by nobody: answers 200 as text/html, described as application/json',
    ],
  ])('do not fit with %s', async (_what, answers, reason) => {
    expect((await judged(answers)).verdict).toEqual({ verdict: 'fail', reason });
  });

  test('are missing where an operation never answers', async () => {
    const { verdict } = await judged((path, ask) => {
      if (ask.method === 'GET') throw new Error('timed out');
      return right(path, ask);
    });
    expect(verdict).toEqual({
      verdict: 'fail',
      reason: 'nothing is answered in time by GET /api/items/{id}',
    });
  });
});

describe('Redocly', () => {
  const lint = (text: string) =>
    lintsClean(createRepo(memorySource({ 'openapi.yaml': text })), 'openapi.yaml');

  test('finds no error in what is right', async () => {
    expect((await lint(DESCRIPTION)).verdict).toBe('pass');
  });

  test('says where a part is missing', async () => {
    expect(await lint(DESCRIPTION.replace('schemas/Item', 'schemas/Thing'))).toEqual({
      verdict: 'fail',
      reason: "openapi.yaml:11:50 Can't resolve $ref",
    });
  });

  test('reads nothing from the network', async () => {
    expect(await lint(DESCRIPTION.replace("'#/components/schemas/Item'", 'https://x.dev/item.yaml'))).toEqual(
      {
        verdict: 'skip',
        reason: 'openapi.yaml takes parts from the network, which no check does',
      },
    );
  });
});
