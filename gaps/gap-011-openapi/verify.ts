import type { Check } from '../../src/contract.ts';
import type { Description } from './read/description.ts';
import type { ApiDescriptionState } from './read.ts';
import { answersFit } from './verify/answers-fit.ts';
import { lintsClean } from './verify/redocly.ts';
import { fileIsValid } from './verify/swagger-cli.ts';

/** What reading cannot say of a description: that others read it as one, and that the application answers as it says. */
export function verify({ repo, coverage }: ApiDescriptionState): readonly Check[] {
  return coverage.flatMap(({ api, matches }) =>
    matches
      .filter(({ description }) => isFile(description))
      .flatMap(({ description: { path }, base }): readonly Check[] => [
        {
          title: `Redocly finds no error in ${path}`,
          level: 'build',
          seconds: 60,
          run: () => lintsClean(repo, path),
        },
        {
          title: `swagger-cli validates ${path}`,
          level: 'build',
          seconds: 60,
          run: (scratch) => fileIsValid(scratch, path),
        },
        {
          title: `Every operation of ${path} answers as it is described`,
          level: 'live',
          app: api.app.dir,
          needs: ['app', 'gateway'],
          seconds: 300,
          run: (world) => answersFit(world, repo, { path, base }),
        },
      ]),
  );
}

function isFile({ path }: Description): boolean {
  return /\.(?:ya?ml|json)$/.test(path);
}
