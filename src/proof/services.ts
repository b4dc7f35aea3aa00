import { join } from 'node:path';
import type { Service } from '../world.ts';
import type { Cleanup } from './cleanup.ts';
import type { Programs } from './programs.ts';
import { type BrowserService, createBrowser } from './services/browser.ts';
import { type ErrorsSink, startErrorsSink } from './services/errors.ts';
import { type GatewayStub, startGateway } from './services/gateway.ts';
import { type MailSink, startMailSink } from './services/mail.ts';
import { type RedisServer, startRedis } from './services/redis.ts';
import { findTool, type Tool, toolsOf } from './tools.ts';

/** The services of a run: each is started when it is first asked for, and stopped with the run. */
export interface Services {
  redis?: RedisServer;
  gateway?: GatewayStub;
  mail?: MailSink;
  errors?: ErrorsSink;
  browser?: BrowserService;
}

/** What the machine lacks for a service, or undefined. */
export function lackOf(service: Service, env: NodeJS.ProcessEnv): Tool | undefined {
  const { redis, chromium } = toolsOf(env);
  const tool = service === 'redis' ? redis : service === 'browser' ? chromium : undefined;
  return tool !== undefined && findTool(tool) === undefined ? tool : undefined;
}

export interface StartOptions {
  readonly needs: ReadonlySet<Service>;
  readonly dir: string;
  readonly programs: Programs;
  readonly cleanup: Cleanup;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts what is needed; the caller has left out what the machine lacks. */
export async function startServices(options: StartOptions): Promise<Services> {
  const { needs, dir, programs, cleanup, env } = options;
  const services: Services = {};
  const { redis, chromium } = toolsOf(env);
  if (needs.has('redis'))
    services.redis = await startRedis(programs, findTool(redis)?.file ?? 'redis-server', join(dir, 'redis'));
  if (needs.has('gateway')) services.gateway = await startGateway();
  if (needs.has('mail')) services.mail = await startMailSink();
  if (needs.has('errors')) services.errors = await startErrorsSink();
  if (needs.has('browser')) services.browser = createBrowser(findTool(chromium)?.file ?? 'chromium');
  for (const service of Object.values(services)) cleanup.add(() => service.stop());
  return services;
}

/** Values that point the app at the services: those that an owner would fill in. */
export function serviceEnvironment(services: Services): Readonly<Record<string, string>> {
  const { redis, mail, errors } = services;
  return {
    ...(redis ? { REDIS_URL: redis.redis.url } : {}),
    ...(mail ? { RESEND_API_KEY: 're_proof_only', EMAIL_FROM: 'A.I.M.S. <proof@aims.test>' } : {}),
    ...(errors ? { SENTRY_DSN: errors.dsn, NEXT_PUBLIC_SENTRY_DSN: errors.dsn } : {}),
  };
}

/** What no owner sets: where the packages look for a stand-in. */
export function hooks({ mail }: Services): Readonly<Record<string, string>> {
  return mail ? { RESEND_BASE_URL: mail.url } : {};
}

/** Values that name another Compose service are led to the gateway stub, or to Redis. */
export function redirected(
  env: Readonly<Record<string, string>>,
  hosts: readonly string[],
  services: Services,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, redirect(value, hosts, services)]),
  );
}

function redirect(value: string, hosts: readonly string[], { redis, gateway }: Services): string {
  const host = /^\w+:\/\/(?:[^@/]*@)?([\w.-]+)/.exec(value)?.[1];
  if (host === undefined || !hosts.includes(host)) return value;
  if (/^rediss?:/.test(value)) return redis?.redis.url ?? value;
  return /^https?:/.test(value) && gateway ? value.replace(/^https?:\/\/[^/]+/, gateway.url) : value;
}
