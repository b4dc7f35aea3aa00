import type { Subject } from '../../src/read/documents/passages.ts';

/** A table of people. */
export const TABLE =
  /\bmodel\s+(?:User|Account|Customer|Person|Profile|Member)\b[\s\S]{0,600}?\bemail\b|\bCREATE TABLE\s+(?:IF NOT EXISTS\s+)?["`]?\w*(?:users?|accounts|customers|profiles|members)["`]?[\s\S]{0,600}?\bemail\b|\b(?:pg|sqlite|mysql)Table\(\s*['"]\w*(?:users?|accounts|customers|profiles|members)['"][\s\S]{0,600}?\bemail\b|\bnew (?:mongoose\.)?Schema\([\s\S]{0,400}?\bemail\s*:/i;
/** Models of Python and Ruby. */
export const MODEL =
  /^class\s+\w{0,40}(?:User|Account|Customer|Person|Profile|Member)\w{0,40}\b[\s\S]{0,1500}?\bemail\s*(?::|=)|create_table\s+[:"'](?:users|accounts|customers|profiles|members)\b[\s\S]{0,1500}?\bemail\b/m;
/** Where those models stand. */
export const MODEL_FILES = /(^|\/)models?(?:\/[\w-]+)*\.py$|(^|\/)db\/(?:migrate\/[\w-]+|schema)\.rb$/;
/** Where tables are declared. */
export const SCHEMA_FILES =
  /\.prisma$|\.sql$|(^|\/)(?:schema|models?|entities|db|migrations?)[\w./-]*\.[cm]?[jt]s$/i;

/** Material of tests and examples: nobody is known by it. */
export const MATERIAL = /node_modules|(^|\/)(?:tests?|examples?|fixtures|templates?)\//;

/** Where the runbook wants the document, and the words of every document about it. */
export const SUBJECT: Subject = {
  path: 'docs/pii-handling.md',
  about: /\bPII\b|personal(?:ly identifiable)? (?:data|information)|privacy|data protection|\bGDPR\b/i,
};
/** What a document about personal data is called. */
export const TITLE =
  /\bPII\b|\bpersonal(?:ly identifiable)? (?:data|information)\b|\bprivacy(?: policy| notice| statement)?\b|(?<!sensitive )\bdata protection\b|\bGDPR\b/i;
/** Of a section in a document about something else, where the bare word privacy heads many a remark. */
export const SECTION =
  /\bPII\b|\bpersonal(?:ly identifiable)? (?:data|information)\b|\bprivacy (?:policy|notice|statement)\b|(?<!sensitive )\bdata protection\b|\bGDPR\b/i;
/** What is held of people. */
export const HELD = /\b(?:e-?mail|name|address|phone|IP|payment|prompt|audio|profile)\b/i;
/** What people may ask for. */
export const RIGHTS =
  /\b(?:delet|eras|remov|export|access (?:to )?(?:your|their)|portab|right to|request)\w*/i;
/** Written for the people whose data it is: it says what is held, not in which store. */
export const PUBLIC = /\bprivacy(?: policy| notice| statement)?\b|\bdatenschutz/i;
