import { describe, expect, it } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { isConversation, systemDocumentsAbout, withoutTasks } from './system-documents.ts';

function accepted(files: Readonly<Record<string, string>>): readonly string[] {
  return systemDocumentsAbout(createRepo(memorySource(files)), /orders/i).map(({ path }) => path);
}

describe('documents that hold for this system', () => {
  it('are what describes or rules it', () => {
    const files = {
      'ARCHITECTURE.md': '# Architecture\n\nOrders are kept in SQLite.\n',
      'README.md': '# Orders\n',
      'backend/chat/orders.md': '# Orders in the chat\n',
      'docs/incident-response-plan.md': '# Incident response plan\n\nWhat is done when nobody orders.\n',
      'docs/order-status.md': '# Order status\n\nOrders wait, are paid, or are sent.\n',
      'docs/rfcs/0007-orders.md': '# RFC 7: orders\n\n## Status\n\nAccepted\n',
      'docs/session-management.md': '# Sessions\n\nWho orders is signed in.\n',
    };
    expect(accepted(files)).toEqual(Object.keys(files));
  });

  it.each([
    ['a status report', 'docs/STATUS_REPORT.md', '# Orders\n'],
    ['a report by its title', 'docs/orders.md', '# Implementation summary: orders\n'],
    [
      'a report by its headings',
      'docs/orders.md',
      '# Orders\n\n## ✅ Completed\n\n- a\n\n## Next steps\n\n- b\n',
    ],
    ['a plan of work', 'docs/orders.md', '# Implementation plan\n\nOrders.\n'],
    ['requirements', 'docs/PRD-orders.md', '# Orders\n'],
    ['a proposal', 'docs/rfcs/0008-orders.md', '# RFC 8: orders\n\n## Status\n\nDraft\n'],
    ['tasks', 'specs/001-orders/tasks.md', '# Orders\n'],
    ['work in progress', 'docs/wip/orders.md', '# Orders\n'],
    ['an example', 'docs/examples/orders.md', '# Orders\n'],
    ['a skill of an agent', 'skills/orders/guide.md', '# Orders\n'],
    ['a chat', 'docs/orders.txt', 'User: where are orders kept?\n\nAssistant: in SQLite.\n'],
  ])('are not: %s', (_what, path, text) => {
    expect(accepted({ [path]: text })).toEqual([]);
  });
});

describe('a conversation', () => {
  it.each([
    '**User:** hello\n\n**Claude:** hello',
    '## You\n\nhello\n\n## ChatGPT\n\nhello',
    '[10:02] Ada Lovelace: hello\n[10:03] Grace Hopper: hello',
  ])('takes turns: %s', (text) => {
    expect(isConversation(text)).toBe(true);
  });

  it('is no list of roles', () => {
    expect(isConversation('User: who signs in.\nAdmin: who may do all.\n')).toBe(false);
  });
});

it('a box to tick says nothing', () => {
  expect(withoutTasks('one\n- [ ] two\n- [x] three\nfour')).toBe('one\n\n\nfour');
});
