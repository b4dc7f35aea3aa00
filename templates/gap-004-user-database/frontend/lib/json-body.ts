const MAX_BYTES = 16 * 1024;

/** The body parsed as JSON; undefined if it is not JSON or is longer than any of our forms. */
export async function readJson(request: Request): Promise<unknown> {
  const body = await readBody(request);
  try {
    return body && JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The body; undefined if it is longer than allowed, or if the client disconnected before sending it all. */
export async function readBody({ body }: Request, maxBytes = MAX_BYTES): Promise<Buffer | undefined> {
  try {
    return body ? await readAll(body.getReader(), maxBytes) : Buffer.alloc(0);
  } catch {
    return undefined;
  }
}

/** Counts bytes as they arrive, because a chunked body declares no length. */
async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}
