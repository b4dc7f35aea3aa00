/**
 * Where a request came from, for counting. The proxy in front appends to X-Forwarded-For: only its own entry, the
 * last one, is no claim of the client. X-Real-IP counts where nothing was appended.
 */
export function clientAddress(header: (name: string) => string | null | undefined): string {
  const forwarded = header('x-forwarded-for')?.split(',').pop()?.trim();
  return forwarded || header('x-real-ip')?.trim() || 'unknown';
}
