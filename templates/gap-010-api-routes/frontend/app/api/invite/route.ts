import { NextResponse } from 'next/server';
import { refuse } from '@/lib/api/answers';
import { admit } from '@/lib/api/guard';
import { Invitation } from '@/lib/api/schemas/invite';
import { returnAttempt, takeAttempts } from '@/lib/db/attempts';
import { createInvitation, revokeInvitation } from '@/lib/db/invitations';
import { normalizeEmail } from '@/lib/db/users';
import { mailInvitation } from '@/lib/invitation-mail';
import { canMailLinks } from '@/lib/mail';
import { orUnavailable } from '@/lib/unavailable';

const DAY_MS = 24 * 60 * 60 * 1000;
const INVITATIONS_PER_DAY = 20;

const RULE = { name: 'invite', schema: Invitation, role: 'OWNER', perMinute: 10 } as const;

/**
 * Invites someone by email. An invitation opens an account even while sign-up is closed, so only owners may send one:
 * twenty a day, and one at a time to an address.
 */
export function POST(request: Request) {
  return orUnavailable(async () => {
    const admitted = await admit(request, RULE);
    if (admitted.refused) return admitted.refused;
    if (!canMailLinks()) return noMail(503);
    const { user, input } = admitted;
    const email = normalizeEmail(input.email);
    const limit = { key: `invitations:${user.id}`, limit: INVITATIONS_PER_DAY, windowMs: DAY_MS };
    if (takeAttempts([limit])) {
      const error = `You can invite ${INVITATIONS_PER_DAY} people a day. Try again tomorrow.`;
      return refuse(429, error, 'too_many_invitations', { retryAfter: DAY_MS / 1000 });
    }
    const created = createInvitation(email, user.id);
    if (typeof created === 'string') {
      returnAttempt(limit.key);
      return created === 'invited'
        ? refuse(409, 'This address has an invitation already.', 'already_invited')
        : refuse(409, 'This address has an account already.', 'has_account');
    }
    return mailInvitation(email, user.name || user.email, created.token).then(
      () => answer(201, { email, expiresAt: new Date(created.expiresAt).toISOString() }),
      () => {
        // No email was delivered, so neither the invitation nor the attempt counts.
        revokeInvitation(email);
        returnAttempt(limit.key);
        return noMail(502);
      },
    );
  });
}

/** Ends an invitation that nobody has accepted, for an address that was mistyped. */
export function DELETE(request: Request) {
  return orUnavailable(async () => {
    const admitted = await admit(request, RULE);
    if (admitted.refused) return admitted.refused;
    return revokeInvitation(normalizeEmail(admitted.input.email))
      ? answer(200, { ok: true })
      : refuse(404, 'This address has no open invitation.', 'no_invitation');
  });
}

function noMail(status: number): NextResponse {
  return refuse(status, 'The email could not be sent. Try again later.', 'no_mail');
}

function answer(status: number, body: object): NextResponse {
  return NextResponse.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
}
