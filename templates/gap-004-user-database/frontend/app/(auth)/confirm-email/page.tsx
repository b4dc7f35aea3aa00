import type { Metadata } from 'next';
import ConfirmEmail from '@/components/auth/ConfirmEmail';
import { HEADING } from '@/components/auth/look';

/** The page needs a token from an email to be useful, so search engines must not index it. */
export const metadata: Metadata = { title: 'Confirm your email address', robots: { index: false } };

export default function ConfirmEmailPage() {
  return (
    <div className="space-y-6">
      <h1 className={HEADING}>Confirm your email address</h1>
      <ConfirmEmail />
    </div>
  );
}
