import type { Metadata } from 'next';
import ResetPasswordForm from '@/components/auth/ResetPasswordForm';
import { HEADING } from '@/components/auth/look';

/** The page needs a token from an email to be useful, so search engines must not index it. */
export const metadata: Metadata = { title: 'Set a new password', robots: { index: false } };

export default function ResetPasswordPage() {
  return (
    <div className="space-y-6">
      <h1 className={HEADING}>Set a new password</h1>
      <ResetPasswordForm />
    </div>
  );
}
