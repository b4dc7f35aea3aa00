import type { Metadata } from 'next';
import Link from 'next/link';
import ResetPasswordForm from '@/components/auth/ResetPasswordForm';

/** The address holds a token: it goes to no other site, and into no index. */
export const metadata: Metadata = {
  title: 'Set a new password',
  referrer: 'no-referrer',
  robots: { index: false },
};

export default function ResetPasswordPage() {
  return (
    <div className="space-y-8">
      <h1 className="text-center text-2xl font-bold text-amber-50">Set a new password</h1>
      <ResetPasswordForm />
      <p className="text-center text-sm text-amber-100">
        The link does not work?{' '}
        <Link href="/forgot-password" className="text-amber-300 underline hover:text-amber-200">
          Ask for a new one
        </Link>
      </p>
    </div>
  );
}
