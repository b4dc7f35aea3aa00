import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a package manager needs of a machine: where programs, homes, certificates and proxies are. */
const PASSED =
  /^(PATH|PATHEXT|HOME|USER|LOGNAME|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|SYSTEMDRIVE|COMSPEC|TMP|TEMP|TMPDIR|XDG_\w+|(HTTPS?|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|COREPACK_\w+|NVM_\w+|VOLTA_\w+|PNPM_HOME)$/i;
/** A person's own settings of npm, but for those that an outer run of npm leaves and those that name programs. */
const NPM_SETTING = /^npm_config_/i;
const NOT_PASSED =
  /^npm_config_(workspaces?|global|location|prefix|local_prefix|dry_run|git|script_shell|shell|editor|viewer|browser|node_options|init_module)$/i;

/**
 * The environment of a package manager. It gets no variable that it does not need: a repository's settings could
 * otherwise send any of them away. Those that the person's own .npmrc names are needed.
 */
export function managerEnvironment(env: Environment): Environment {
  const named = new Set(namedInOwnSettings(env));
  const passed = Object.entries(env).filter(
    ([name]) => PASSED.test(name) || named.has(name) || (NPM_SETTING.test(name) && !NOT_PASSED.test(name)),
  );
  return {
    ...Object.fromEntries(passed),
    LC_ALL: 'C',
    NO_COLOR: '1',
    COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_ENABLE_SCRIPTS: 'false',
    YARN_ENABLE_TELEMETRY: 'false',
    YARN_IGNORE_PATH: '1',
  };
}

function namedInOwnSettings(env: Environment): readonly string[] {
  const file = env.npm_config_userconfig ?? join(env.HOME ?? env.USERPROFILE ?? homedir(), '.npmrc');
  try {
    return [...readFileSync(file, 'utf8').matchAll(/\$\{(\w+)\??\}/g)].flatMap(([, name]) => name ?? []);
  } catch {
    // Most people have none.
    return [];
  }
}
