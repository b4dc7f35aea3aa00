/**
 * Names a finding in 16 hexadecimal digits. It keeps no secret, so this is no cryptographic hash but cyrb53 by bryc (public
 * domain), whole: Node takes longer to load its cryptography than most gaps take.
 */
export function fingerprintOf(identity: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < identity.length; at += 1) {
    const unit = identity.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return hex(low) + hex(high);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
