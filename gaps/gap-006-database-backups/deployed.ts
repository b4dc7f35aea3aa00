import type { ComposeFile, Repo } from '../../src/contract.ts';
import { composeModel } from '../../src/read/deploy/compose.ts';
import { basename } from '../../src/repo/paths.ts';

/** Databases, caches and what developers look into them with: no service of an application. */
const INFRASTRUCTURE =
  /(^|\/)(postgres(ql)?|postgis|pgvector|timescaledb(-ha)?|mysql(-server)?|mariadb|percona|mongo|redis(-stack(-server)?|-commander|insight)?|valkey|keydb|memcached|clickhouse(-server)?|elasticsearch|opensearch|minio|mc|localstack|adminer|pgadmin4?|mongo-express|phpmyadmin|mailhog|mailpit|maildev|inbucket|[\w-]*neon-proxy|ps-http-sim|serverless-redis-http)(:|@|$)/;

/** Names of stacks for developers and tests, whose data nobody misses. */
const ASIDE =
  /[.-](dev|devel|development|local|test|tests|testing|e2e|ci|cypress|playwright|build|override)[.-]/;

/** Compose files that may be the deployed one: not another's decoy, not one for development. */
export function deployedCompose(repo: Repo): readonly ComposeFile[] {
  return repo.layout.compose.filter(
    (file) =>
      file.deployed === 'yes' ||
      (file.deployed === 'unknown' && !ASIDE.test(basename(file.path)) && !isForDevelopers(repo, file)),
  );
}

/** The file that gives developers a database while the application beside it runs without Docker, if there is one. */
export function findDeveloperStack(repo: Repo): string | undefined {
  return repo.layout.compose.find((file) => file.deployed === 'unknown' && isForDevelopers(repo, file))?.path;
}

/** What a file says of itself in its first lines. */
const SAYS_SO =
  /(?:local|for) development|development (?:only|purposes)|not (?:be )?use[d]? (?:this )?(?:in|for) production/i;

/** An application stands here and no service of the file is it, while nothing says that the file is deployed. */
function isForDevelopers(repo: Repo, file: ComposeFile): boolean {
  const { services } = composeModel(repo, file);
  const head = /^(?:#.*\n){1,3}/.exec(repo.text(file.path))?.[0] ?? '';
  if (SAYS_SO.test(head)) return true;
  return (
    repo.layout.apps.length > 0 &&
    services.length > 0 &&
    services.every(
      ({ build, value }) =>
        build === undefined && typeof value.image === 'string' && INFRASTRUCTURE.test(value.image),
    )
  );
}
