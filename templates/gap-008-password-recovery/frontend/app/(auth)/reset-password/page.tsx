import type { Metadata } from 'next';
import ResetPasswordForm from '@/components/auth/ResetPasswordForm';
import { HEADING } from '@/components/auth/look';

/** Who opens it comes with a token: the page goes into no index. */
export const metadata: Metadata = { title: 'Set a new password', robots: { index: false } };

export default function ResetPasswordPage() {
  return (
    <div className="space-y-6">
      <h1 className={HEADING}>Set a new password</h1>
      <ResetPasswordForm />
    </div>
  );
}
