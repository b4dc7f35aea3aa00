import { findTool, type Tool, toolsOf } from '../../proof/tools.ts';
import type { Requirement } from '../../report/document.ts';
import { bareHead } from '../head.ts';
import type { Io } from '../io.ts';
import type { Outcome } from '../outcome.ts';

/** `aims-fix doctor`: what this machine has of what the commands and levels need, and how to get the rest. */
export function doctor({ env }: Io): Outcome {
  const requirements = [nodeItself(), ...Object.values(toolsOf(env)).map(look)];
  return { document: { ...bareHead(), command: 'doctor', requirements }, exitCode: 0 };
}

function nodeItself(): Requirement {
  return { name: 'node', found: true, version: process.versions.node, needed: 'aims-fix itself' };
}

function look(tool: Tool): Requirement {
  const { name, needed, remedy } = tool;
  const found = findTool(tool);
  return found
    ? { name, found: true, version: found.version, needed }
    : { name, found: false, needed, remedy };
}
