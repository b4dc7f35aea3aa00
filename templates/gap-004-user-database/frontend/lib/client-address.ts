/**
 * Where a request came from, for counting. The proxy in front writes X-Real-IP, or appends to X-Forwarded-For;
 * what stands before its own entry is what the client says of itself and proves nothing.
 */
export function clientAddress(header: (name: string) => string | null | undefined): string {
  const forwarded = header('x-forwarded-for')?.split(',').pop()?.trim();
  return header('x-real-ip')?.trim() || forwarded || 'unknown';
}
