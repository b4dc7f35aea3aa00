import { execFileSync } from 'node:child_process';

/** The end-to-end tests run what users run: the bundle, built once before them. */
export default function setup(): void {
  execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
}
