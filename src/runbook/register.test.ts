import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SourceError } from '../errors.ts';
import { parseRegister } from './register.ts';

const text = readFileSync(new URL('./fixtures/register.csv', import.meta.url), 'utf8');
const header = 'gap_id,category,priority,title,status,estimated_effort';

describe('parseRegister', () => {
  test('reads the 23 rows', async () => {
    const { rows } = await parseRegister('register.csv', text);
    expect(rows).toHaveLength(23);
    expect(rows[21]).toEqual({
      id: 'GAP-022',
      category: 'Security',
      priority: 'P3',
      title: 'Redis-backed rate limiting',
      status: 'OPEN',
      effort: '1 hr',
      line: 23,
    });
  });

  test('reads columns in any order, with a BOM, CRLF and capitals in the header', async () => {
    const csv =
      '\uFEFFTitle,Status,gap_id,extra,Priority,Category,estimated_effort\r\nA,OPEN,GAP-001,x,P0,Security,5 min\r\n';
    const { rows } = await parseRegister('register.csv', csv);
    expect(rows).toMatchObject([
      { id: 'GAP-001', title: 'A', priority: 'P0', category: 'Security', effort: '5 min' },
    ]);
  });

  test('counts lines across cells that run over several', async () => {
    const { rows } = await parseRegister(
      'r.csv',
      `${header}\nGAP-001,a,P0,"one\ntwo",OPEN,1\n\nGAP-002,a,P0,b,OPEN,1\n`,
    );
    expect(rows.map(({ line }) => line)).toEqual([2, 5]);
  });

  test('reads a row that ends early', async () => {
    const { rows } = await parseRegister('r.csv', `${header}\nGAP-001,Security,P0\n`);
    expect(rows).toMatchObject([{ id: 'GAP-001', title: '', effort: '' }]);
  });

  test.each([
    [
      'a missing column',
      'gap_id,priority,title,status\n',
      'r.csv:1:1: the header lacks category, estimated_effort',
    ],
    [
      'an empty file',
      '',
      'r.csv:1:1: the header lacks gap_id, category, priority, title, status, estimated_effort',
    ],
    [
      'a row without an id',
      `${header}\nGAP-001,a,P0,b,OPEN,1\n,a,P0,b,OPEN,1\n`,
      'r.csv:3:1: the row has no gap_id',
    ],
    [
      'a quote that never closes',
      `${header}\nGAP-001,a,P0,b,OPEN,1\nGAP-002,"a,P0\n`,
      'r.csv:3:1: broken CSV',
    ],
    ['a row with too many cells', `${header}\nGAP-001,a,P0,b,OPEN,1,2,3\n`, 'r.csv:2:1: broken CSV'],
  ])('names the line of %s', async (_, csv, message) => {
    const error = await parseRegister('r.csv', csv).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toHaveProperty('message', expect.stringContaining(message));
  });
});
