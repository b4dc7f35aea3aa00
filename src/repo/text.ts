import { isAscii, isUtf8, transcode } from 'node:buffer';
import { createHash } from 'node:crypto';

/**
 * How the bytes of a text file differ from the text that gaps see. Gaps read LF and no BOM, so they need not
 * care; `encode` puts both back where they were.
 */
export interface Encoding {
  readonly bom: boolean;
  /** Offsets, in the normalised text, of the line feeds that are CRLF on disk. */
  readonly crlf: readonly number[];
  /** What a line that is inserted ends with: what most lines of the file end with. */
  readonly eol: '\n' | '\r\n';
}

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
}

const BOM = '\uFEFF';

/** Decodes UTF-8 strictly; undefined when the bytes are not UTF-8 text. */
export function decode(bytes: Uint8Array): DecodedText | undefined {
  if (!isUtf8(bytes) || isBinary(bytes)) return undefined;
  const raw = decodeUtf8(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const bom = raw.startsWith(BOM);
  const body = bom ? raw.slice(1) : raw;
  if (!body.includes('\r\n')) return { text: body, encoding: { bom, crlf: [], eol: '\n' } };
  return normalise(body, bom);
}

/** A NUL in a string of a program is a character like others; data and UTF-16 are full of them. */
function isBinary(bytes: Uint8Array): boolean {
  let most = bytes.length / 100;
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1)) {
    most -= 1;
    if (most < 0) return true;
  }
  return false;
}

/** By way of UTF-16 where it is not ASCII: `toString('utf8')` takes twice as long. */
function decodeUtf8(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString('latin1') : transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
}

function normalise(body: string, bom: boolean): DecodedText {
  const crlf: number[] = [];
  let text = '';
  let from = 0;
  for (let at = body.indexOf('\r\n'); at !== -1; at = body.indexOf('\r\n', from)) {
    text += body.slice(from, at);
    crlf.push(text.length);
    text += '\n';
    from = at + 2;
  }
  text += body.slice(from);
  const lines = countOf(text, '\n');
  return { text, encoding: { bom, crlf, eol: crlf.length * 2 >= lines ? '\r\n' : '\n' } };
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}

/** The bytes of a normalised text under an encoding: the exact inverse of `decode`. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  let raw = encoding.bom ? BOM : '';
  let from = 0;
  for (const at of encoding.crlf) {
    raw += `${text.slice(from, at)}\r\n`;
    from = at + 1;
  }
  return Buffer.from(raw + text.slice(from), 'utf8');
}

/** SHA-256 of bytes, in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** One-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset. */
export function positionAt(text: string, offset: number): Position {
  return positionsIn(text)(offset);
}

/** Line and column of offsets; one that follows the last is counted on from there. */
export function positionsIn(text: string): (offset: number) => Position {
  let start = 0;
  let line = 1;
  return (offset) => {
    if (offset < start) [start, line] = [0, 1];
    for (let end = text.indexOf('\n', start); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
      start = end + 1;
      line += 1;
    }
    return { line, column: offset - start + 1 };
  };
}
