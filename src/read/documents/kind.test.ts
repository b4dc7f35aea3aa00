import { expect, test } from 'vitest';
import { kindOf } from './kind.ts';
import { sectionsOf } from './prose.ts';

test.each([
  ['holds', 'ARCHITECTURE.md', '# Architecture\n\nOrders are kept in SQLite.\n'],
  ['holds', 'docs/setup.md', '# AI platform: deployment guide\n'],
  ['holds', 'docs/upgrades.mdx', '## Upgrades\n'],
  ['holds', 'docs/incident-response-plan.md', '# Incident response plan\n'],
  ['holds', 'docs/order-status.md', '# Order status\n\nOrders wait, are paid, or are sent.\n'],
  ['holds', 'docs/session-management.md', '# Sessions\n'],
  ['holds', 'backend/chat/orders.md', '# Orders in the chat\n'],
  ['holds', 'docs/rfcs/0007-orders.md', '# RFC 7: orders\n\n## Status\n\nAccepted\n'],
  ['holds', 'docs/research.md', '# Research data retention policy\n\nTen years.\n'],
  ['holds', 'docs/reviews.md', '# Post-mortem process\n'],
  ['holds', 'docs/ai.md', '# AI policy: which data a model is handed\n'],
  ['holds', 'docs/project.md', '# Project handbook\n'],
  ['holds', 'docs/prompts.md', '# Retention of prompts\n\nThey go after a day.\n'],
  ['holds', 'docs/api.md', '# API\n\n```\nUser: a\nAssistant: b\nUser: c\n```\n'],
  ['holds', 'docs/roles.md', 'User: who signs in.\nAdmin: who may do all.\n'],
  ['holds', 'docs/kinds.md', '# Data retention\n\nUser: a\nYou: b\nUser: c\n'],

  ['agents', 'docs/rules.md', '# Rules for agents\n'],
  ['agents', 'docs/coding.md', '# AI agent coding guidelines\n'],
  ['agents', 'docs/rules.md', '# Project rules\n\nScope: All AI agents\n'],
  ['agents', 'docs/helper.md', 'You are a careful engineer.\n'],
  ['agents', 'docs/house.md', '# House\n\nYou are a senior database engineer.\n'],
  ['agents', 'agents/writer.md', '# Writer\n'],
  ['agents', 'skills/orders/guide.md', '# Orders\n'],
  ['agents', '.kit/SKILL.md', '# Vault\n'],

  ['plan', 'docs/plans/caching.md', '# Caching\n'],
  ['plan', 'docs/wip/orders.md', '# Orders\n'],
  ['plan', 'docs/PRD-voice.md', '# Voice\n'],
  ['plan', 'docs/billing.md', '# Product requirements: billing\n'],
  ['plan', 'docs/orders.md', '# Implementation plan\n\nOrders.\n'],
  ['plan', 'docs/rfcs/0008-orders.md', '# RFC 8: orders\n\n## Status\n\nDraft\n'],
  ['plan', 'specs/001-orders/tasks.md', '# Orders\n'],
  ['plan', 'docs/research.md', '# Research on retention\n\nTen years.\n'],
  ['plan', 'docs/voice.md', '# Voice\n\n## Acceptance criteria\n\nIt speaks.\n'],

  ['report', 'docs/audits/spring.md', '# Spring\n'],
  ['report', 'PROJECT_STATUS.md', '# Where we are\n'],
  ['report', 'HANDOFF.md', '# What comes next\n'],
  ['report', 'docs/orders.md', '# Implementation summary: orders\n'],
  ['report', 'docs/orders.md', '# Orders\n\n## ✅ Completed\n\n- a\n\n## Next steps\n\n- b\n'],

  ['lessons', 'docs/2026.md', '# Lessons learned\n'],
  ['lessons', 'docs/outage.md', '# Post-mortem: the outage in May\n'],
  ['lessons', 'knowledge/redis.md', '# Redis\n'],

  ['conversation', 'docs/export.md', '## User\n\nHow?\n\n## Assistant\n\nLike this.\n'],
  ['conversation', 'docs/talk.md', '**User:** How?\n\n**Assistant:** Like this.\n'],
  ['conversation', 'docs/notes.txt', 'User: Hello\nAssistant: Hello\nUser: And now?\n'],
  ['conversation', 'docs/notes.txt', '[10:31] Ada: a\n[10:32] Bob: b\n[10:33] Ada: c\n'],
  ['conversation', 'docs/notes.txt', '[10:02] Ada Lovelace: hello\n[10:03] Grace Hopper: hello\n'],
])('%s: %s', (kind, path, text) => {
  expect(kindOf({ path, text, sections: sectionsOf(text) })).toBe(kind);
});
