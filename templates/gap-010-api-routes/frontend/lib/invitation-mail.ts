import { INVITATION_DAYS } from '@/lib/db/invitations';
import { canSendMail, mailLink, PRODUCT, sendMail } from '@/lib/mail';

/** Emails an invitation. In development without mail, prints the link instead. Throws if the email was not sent. */
export async function mailInvitation(to: string, inviter: string, token: string): Promise<void> {
  const link = mailLink('/accept-invitation', token);
  if (process.env.NODE_ENV !== 'production' && !canSendMail())
    return console.info(`Mail is not set up. The invitation for ${to}: ${link}`);
  await sendMail({
    to,
    subject: `You are invited to ${PRODUCT}`,
    text: [
      `${inviter} invites you to ${PRODUCT}.`,
      `To create your account, open this link within ${INVITATION_DAYS} days:\n${link}`,
      'If you do not know who this is, ignore this email. No account is created.',
    ].join('\n\n'),
  });
}
