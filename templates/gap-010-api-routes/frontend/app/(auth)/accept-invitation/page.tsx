import type { Metadata } from 'next';
import AcceptInvitationForm from '@/components/auth/AcceptInvitationForm';
import { HEADING } from '@/components/auth/look';

/** The page needs a token from an email to be useful, so search engines must not index it. */
export const metadata: Metadata = { title: 'Accept your invitation', robots: { index: false } };

export default function AcceptInvitationPage() {
  return (
    <div className="space-y-6">
      <h1 className={HEADING}>Accept your invitation</h1>
      <AcceptInvitationForm />
    </div>
  );
}
