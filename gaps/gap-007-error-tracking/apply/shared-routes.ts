import type { CatchClause } from 'oxc-parser';
import type { NextApp, Repo, SourceModule, Span } from '../../../src/contract.ts';
import { insertion, type Spans } from '../../../src/edit/outcome.ts';
import { indentOf, indentUnitOf, styleOf } from '../../../src/edit/ts-file.ts';
import { blankComments } from '../../../src/read/code/comments.ts';
import { importersOf } from '../../../src/read/code/imports.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { HANDLER } from '../read/page-policies.ts';
import { sharedCatchStep } from '../steps.ts';
import type { Change } from './changes.ts';

/** As the gap's `writes` have it. */
const PROXY_FILE = /(^|\/)[^/]*(proxy|gateway|backend|upstream)[^/]*\.[jt]s$/;
/** What the line writes to; this file itself writes nowhere. */
const LOG = 'console';
/** A service whose address the deployment decides: one of the stack's own. */
const BACKEND = /\bprocess\.env\.\w*(?:URL|URI|ENDPOINT|HOST|ORIGIN|BASE)\w*/;
/** What passes an error on. */
const TELLS = /\bconsole\b|\blog(?:ger|Error)?\b|\bcapture|\breport|\bthrow\b|\breject\(/i;

/**
 * What several routes ask a backend with swallows what it catches: a backend that is down is an answer to the visitor
 * and nothing to anybody else. One line in its catch makes it an error of the log, which is reported.
 */
export function sharedRouteChanges(repo: Repo, app: NextApp): readonly Change[] {
  return app.files
    .filter((path) => /\.[cm]?[jt]s$/.test(path) && !HANDLER.test(path) && asksAndCatches(repo, path))
    .flatMap((path): readonly Change[] => {
      const silent = isShared(repo, app, path) ? silentCatches(repo.module(path)) : [];
      if (silent.length === 0) return [];
      const outcome = PROXY_FILE.test(path) ? logSpans(repo.module(path), silent) : { refused: 'its name' };
      return 'refused' in outcome
        ? [{ manual: [sharedCatchStep(path)] }]
        : [{ patches: [{ path, spans: outcome.spans }] }];
    });
}

function asksAndCatches(repo: Repo, path: string): boolean {
  const text = repo.peek(path) ?? '';
  return text.includes('fetch(') && text.includes('catch') && BACKEND.test(text);
}

/** By two routes or more: what one route does is its own. */
function isShared(repo: Repo, app: NextApp, path: string): boolean {
  const importers = importersOf(repo, { dir: app.dir, files: app.files }, path);
  return new Set(importers.map((each) => each.path).filter((each) => HANDLER.test(each))).size > 1;
}

function silentCatches(module: SourceModule): readonly CatchClause[] {
  const found: CatchClause[] = [];
  const code = blankComments(module.text);
  walk(module, {
    TryStatement: ({ block, handler }) => {
      const asks = /\bfetch\(/.test(code.slice(block.start, block.end));
      if (handler && asks && !TELLS.test(code.slice(handler.body.start, handler.body.end)))
        found.push(handler);
    },
  });
  return found;
}

function logSpans({ text }: SourceModule, silent: readonly CatchClause[]): Spans {
  const spans: Span[] = [];
  for (const { param, body, start } of silent) {
    if (param && param.type !== 'Identifier') return { refused: 'what it catches is taken apart' };
    const isOneLine = !text.slice(body.start, body.end).includes('\n');
    if (isOneLine) return { refused: 'it is written on one line' };
    const { quote, semicolon } = styleOf(text);
    const name = param?.name ?? 'error';
    const indent = indentOf(text, start) + indentUnitOf(text);
    if (!param) spans.push(insertion(start + 'catch'.length, ` (${name})`));
    const line = `${LOG}.error(${quote}A request to the backend failed${quote}, ${name})${semicolon}`;
    spans.push(insertion(body.start + 1, `\n${indent}${line}`));
  }
  return { spans };
}
