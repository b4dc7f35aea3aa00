import { NextResponse } from 'next/server';
import { askUpstream, upstreamFailure, upstreamRefusal } from '@/lib/api/upstream';

/** Stands for the target's own helper, as the gap leaves it. */
export async function proxyToBackend({ path, body }: { path: string; body?: unknown }) {
  try {
    const response = await askUpstream(`http://gateway:3001${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'Content-Type': 'application/json', 'X-API-Key': 'key' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) return upstreamRefusal(response);
    return NextResponse.json(await response.json());
  } catch (error) {
    return upstreamFailure(error);
  }
}
