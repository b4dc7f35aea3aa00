const MAX_BYTES = 16 * 1024;

/** The body of a request as JSON; undefined when it is none, or longer than any form of ours. */
export async function readJson(request: Request): Promise<unknown> {
  const body = await readBody(request);
  try {
    return body && JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * The body of a request; undefined when it is longer than any form of ours, or when the client hung up before its
 * end.
 */
export async function readBody({ body }: Request): Promise<Buffer | undefined> {
  try {
    return body ? await readAll(body.getReader()) : Buffer.alloc(0);
  } catch {
    return undefined;
  }
}

/** The bytes are counted as they come: a chunked body announces no length. */
async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > MAX_BYTES) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}
