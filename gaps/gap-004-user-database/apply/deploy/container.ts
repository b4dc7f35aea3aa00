import type { ManualStep, NextApp, Repo, Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { splice } from '../../../../src/edit/spans.ts';
import { type Instruction, instructionsOf, lastStageOf } from '../../../../src/read/deploy/dockerfile.ts';
import { join } from '../../../../src/repo/paths.ts';
import { joinParts, NOTHING, type Part } from '../parts.ts';
import { composeParts, DATA } from './compose-volume.ts';

export const IMAGE_DB_PATH = `${DATA}/users.db`;

/** The image and the Compose service of an app get a folder for the database that outlives them. */
export function containerParts(repo: Repo, app: NextApp): Part {
  return joinParts([imagePart(repo, app), ...composeParts(repo, app)]);
}

function imagePart(repo: Repo, app: NextApp): Part {
  const path = join(app.dir, 'Dockerfile');
  if (!repo.exists(path) || repo.text(path).includes('USERS_DB_PATH')) return NOTHING;
  const text = repo.text(path);
  const instructions = instructionsOf(text);
  const stage = lastStageOf(text);
  const workdir = stage.findLast(({ keyword }) => keyword === 'WORKDIR')?.words;
  const end = stage.find(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  const user = stage.findLast(({ keyword }) => keyword === 'USER');
  if (!end || workdir !== '/app' || (user && user.start > end.start))
    return { edits: [], manual: [imageStep(path)] };
  const owner = user?.words === 'node' ? 'node:node' : user?.words;
  const lines = [
    '# The database lives in a volume: what is written elsewhere is gone with the container.',
    `ENV USERS_DB_PATH=${IMAGE_DB_PATH}`,
    `RUN mkdir -p ${DATA}${owner === undefined ? '' : ` && chown ${owner} ${DATA}`}`,
    `VOLUME ["${DATA}"]`,
  ];
  const at = (user ?? end).start;
  const gap = text.slice(0, at).endsWith('\n\n') ? '' : '\n';
  const spans: Span[] = [insertion(at, `${gap}${lines.join('\n')}\n\n`), ...toolSpans(instructions)];
  return { edits: [splice(repo, path, spans)], manual: [] };
}

/** Alpine images bring no compiler, which better-sqlite3 needs where no prebuilt binary can be fetched. */
function toolSpans(instructions: readonly Instruction[]): readonly Span[] {
  const install = instructions.find(
    ({ keyword, words }) =>
      keyword === 'RUN' && /\bnpm (ci|install)\b|\b(pnpm|yarn) (i|install)\b/.test(words),
  );
  const from = instructions.find(({ keyword, stage }) => keyword === 'FROM' && stage === install?.stage);
  const hasTools = instructions.some(
    ({ keyword, words, stage }) =>
      keyword === 'RUN' && stage === install?.stage && /\bg\+\+|build-base/.test(words),
  );
  if (!install || !from || hasTools || !/alpine/.test(from.words)) return [];
  const lines =
    '\n\n# better-sqlite3 is compiled where no prebuilt binary can be fetched.\nRUN apk add --no-cache python3 make g++';
  return [insertion(from.end, lines)];
}

function imageStep(path: string): ManualStep {
  return {
    title: `In the last stage of ${path}, before USER: ENV USERS_DB_PATH=${IMAGE_DB_PATH}, RUN mkdir -p ${DATA} && chown node:node ${DATA}, VOLUME ["${DATA}"]; and install python3, make and g++ before the packages in the first stage`,
    why: 'The last stage does not work in /app, or its USER and CMD stand in an unusual order.',
    seenBy: `${path} names USERS_DB_PATH and a volume.`,
  };
}
