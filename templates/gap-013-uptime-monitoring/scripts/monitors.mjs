#!/usr/bin/env node
// Makes the monitors at Better Stack (betterstack.com/uptime) what infra/monitoring/monitors.json says.
//
//   BETTERSTACK_API_TOKEN=... node scripts/monitors.mjs            creates what is missing, changes what differs
//   BETTERSTACK_API_TOKEN=... node scripts/monitors.mjs --check    changes nothing; exits 1 when something differs
//   BETTERSTACK_API_TOKEN=... node scripts/monitors.mjs --urls     prints the addresses that heartbeats wait for
//
// The token is an Uptime API token (Better Stack, API tokens). SITE_URL overrides "site" of the file. Monitors are told
// apart by the host of the site and their names, as in "example.com: front page", because other sites may share the
// account; those with other names are left alone, and so is who is woken: that is set at Better Stack.
// Needs Node.js 18 or later and no packages.
import { readFileSync } from 'node:fs';

const FILE = new URL('../infra/monitoring/monitors.json', import.meta.url);
const API = (process.env.BETTERSTACK_API_URL ?? 'https://uptime.betterstack.com/api/v2').replace(/\/$/, '');
const TRIES = 5;
const LIMIT_MS = 20_000;

class Refusal extends Error {}

const token = process.env.BETTERSTACK_API_TOKEN;
const mode = process.argv[2] ?? '--apply';

function settings() {
  const { site: written, monitors, heartbeats } = JSON.parse(readFileSync(FILE, 'utf8'));
  const site = process.env.SITE_URL || written;
  if (!site) throw new Refusal('set SITE_URL to the address of the site, or "site" in infra/monitoring/monitors.json');
  const { host } = new URL(site);
  return {
    monitors: monitors.map(({ name, url, keyword, everySeconds }) => ({
      pronounceable_name: `${host}: ${name}`,
      url: new URL(url, site).href,
      monitor_type: keyword ? 'keyword' : 'status',
      ...(keyword ? { required_keyword: keyword } : {}),
      check_frequency: everySeconds,
      request_timeout: 15,
      verify_ssl: true,
      // Days before the end of the certificate.
      ssl_expiration: 14,
    })),
    heartbeats: heartbeats.map(({ name, everySeconds, graceSeconds }) => ({
      name: `${host}: ${name}`,
      period: everySeconds,
      grace: graceSeconds,
    })),
  };
}

const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

// One request. An answer that may be better the next time is undefined.
async function ask(method, url, body) {
  let response;
  try {
    response = await fetch(url, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
      // The token goes to nobody else.
      redirect: 'error',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
  } catch (error) {
    return { wait: 1, why: error.cause?.code ?? error.name };
  }
  const text = await response.text().catch(() => '');
  if (response.ok) return { json: text ? JSON.parse(text) : {} };
  const why = `${response.status} ${text.slice(0, 300)}`;
  if (response.status === 401 || response.status === 403) throw new Refusal(`Better Stack refuses the token: ${why}`);
  if (response.status === 429) return { wait: Number(response.headers.get('retry-after')) || 5, why };
  if (response.status >= 500) return { wait: 1, why };
  throw new Refusal(`${method} ${new URL(url).pathname}: ${why}`);
}

// Repeats a request that changes nothing when it is repeated.
async function persist(method, url, body) {
  let why = '';
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const answer = await ask(method, url, body);
    if (answer.json) return answer.json;
    why = answer.why;
    if (attempt < TRIES - 1) await sleep(Math.min(60, answer.wait * 2 ** (answer.wait === 1 ? attempt : 0)));
  }
  throw new Refusal(`${method} ${new URL(url).pathname} failed ${TRIES} times: ${why}`);
}

async function all(kind) {
  const found = [];
  for (let url = `${API}/${kind}?per_page=250`; url; ) {
    const { data, pagination } = await persist('GET', url);
    found.push(...data);
    url = pagination?.next;
    if (url && new URL(url).origin !== new URL(API).origin) throw new Refusal(`the next page is elsewhere: ${url}`);
  }
  return found;
}

const nameOf = (attributes) => attributes.pronounceable_name ?? attributes.name;

function named(existing, name) {
  const same = existing.filter(({ attributes }) => nameOf(attributes) === name);
  if (same.length > 1) throw new Refusal(`${same.length} are called "${name}" at Better Stack; delete all but one`);
  return same[0];
}

// A request that was cut off may have made it all the same: looks before it is repeated, so that nothing is made twice.
async function create(kind, wanted) {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const answer = await ask('POST', `${API}/${kind}`, { ...wanted, email: true });
    if (answer.json) return;
    await sleep(answer.wait);
    if (named(await all(kind), nameOf(wanted))) return;
  }
  throw new Refusal(`"${nameOf(wanted)}" could not be created`);
}

async function settle(kind, wanted, existing) {
  const name = nameOf(wanted);
  const there = named(existing, name);
  if (!there) {
    if (mode === '--apply') await create(kind, wanted);
    console.log(`${mode === '--apply' ? 'created' : 'missing'}: ${name}`);
    return false;
  }
  const changed = Object.entries(wanted).filter(([key, value]) => there.attributes[key] !== value);
  if (there.attributes.paused_at || there.attributes.status === 'paused') console.log(`paused by somebody: ${name}`);
  if (changed.length === 0) return !(there.attributes.paused_at || there.attributes.status === 'paused');
  if (mode === '--apply') await persist('PATCH', `${API}/${kind}/${there.id}`, Object.fromEntries(changed));
  console.log(`${mode === '--apply' ? 'changed' : 'differs'}: ${name} (${changed.map(([key]) => key).join(', ')})`);
  return false;
}

async function main() {
  if (!['--apply', '--check', '--urls'].includes(mode)) throw new Refusal('usage: monitors.mjs [--check | --urls]');
  if (!token) throw new Refusal('set BETTERSTACK_API_TOKEN to an Uptime API token of Better Stack');
  const wanted = settings();
  let isSettled = true;
  for (const kind of ['monitors', 'heartbeats']) {
    if (wanted[kind].length === 0) continue;
    const existing = await all(kind);
    for (const each of wanted[kind]) {
      if (mode === '--urls') {
        const url = kind === 'heartbeats' && named(existing, each.name)?.attributes.url;
        if (url) console.log(`${each.name}: ${url}`);
      } else isSettled = (await settle(kind, each, existing)) && isSettled;
    }
  }
  if (mode === '--check' && !isSettled) process.exitCode = 1;
  if (mode !== '--urls' && isSettled) console.log('everything is as infra/monitoring/monitors.json says');
}

main().catch((error) => {
  if (!(error instanceof Refusal)) throw error;
  console.error(`monitors: ${error.message}`);
  process.exitCode = 2;
});
