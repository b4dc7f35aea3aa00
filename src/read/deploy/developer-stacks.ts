import type { Repo } from '../../repo/repo.ts';
import type { ComposeStack } from './compose-stack.ts';
import { instructionsOf } from './dockerfile.ts';
import { dockerfileOf, isWrittenHere, type StackService } from './service-roles.ts';
import { settingsOf } from './service-settings.ts';

/** Scripts and programs that serve the source as it changes. */
const DEVELOPMENT_SERVER =
  /\b(?:npm|pnpm|yarn|bun)[\s",']{1,9}(?:run[\s",']{1,9})?(?:start:)?dev\b|\bnext[\s",']{1,9}dev\b|\bturbo[\s",']{1,9}(?:run[\s",']{1,9})?dev\b|\b(?:uvicorn|gunicorn|hypercorn|granian)\b[^&|;]{0,300}--reload\b|\bfastapi[\s",']{1,9}dev\b|\b(?:nodemon|ts-node-dev)\b|\b(?:tsx|nest)\b[\s",']{1,9}(?:start[\s",']{1,9})?(?:--)?watch\b|(?:^|[\s"'])air(?=[\s"']|$)|\bmanage\.py[\s",']{1,9}runserver\b/;

/**
 * Why a stack is one that developers start, where nothing says that it is deployed: its front end is the development
 * server, or an application stands in the repository and no service of the stack was written there.
 */
export function developersReason(repo: Repo, { files, services }: ComposeStack): string | undefined {
  if (files.some(({ deployed }) => deployed === 'yes') || services.length === 0) return undefined;
  const fronts = services.filter(({ role }) => role === 'frontend');
  const own = fronts.length > 0 ? fronts : services.filter(({ role }) => role === 'gateway');
  const served = own.find((service) => isForDevelopment(repo, service));
  if (served) return `its service ${served.name} is the development server`;
  const isBeside = hasApplication(repo) && !services.some((service) => isWrittenHere(repo, service));
  return isBeside ? 'it runs what the application needs and not the application' : undefined;
}

/** What people start of this repository: a Next.js app, or any other package. */
function hasApplication({ layout, mentions }: Repo): boolean {
  return layout.apps.length > 0 || layout.packages.some(({ path }) => mentions(path, /"(?:start|dev)"\s*:/));
}

/** What the service is told that it is, or started with; where the stack says nothing, what its image is. */
function isForDevelopment(repo: Repo, service: StackService): boolean {
  const { command, entrypoint } = service.value;
  const own = [command, entrypoint].filter((each) => each !== undefined && each !== null);
  if (settingsOf(service).some(([name, value]) => name === 'NODE_ENV' && value === 'development'))
    return true;
  if (own.length > 0) return DEVELOPMENT_SERVER.test(JSON.stringify(own));
  const built = service.build === undefined ? undefined : dockerfileOf(repo, service);
  if (built === undefined) return false;
  const last = instructionsOf(repo.text(built.file)).findLast(({ keyword }) => keyword === 'CMD');
  return last !== undefined && DEVELOPMENT_SERVER.test(last.words);
}
