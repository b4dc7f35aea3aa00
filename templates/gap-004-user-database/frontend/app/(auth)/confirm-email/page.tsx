import type { Metadata } from 'next';
import ConfirmEmail from '@/components/auth/ConfirmEmail';
import { HEADING } from '@/components/auth/look';

/** Who opens it comes with a token: the page goes into no index. */
export const metadata: Metadata = { title: 'Confirm your email address', robots: { index: false } };

export default function ConfirmEmailPage() {
  return (
    <div className="space-y-6">
      <h1 className={HEADING}>Confirm your email address</h1>
      <ConfirmEmail />
    </div>
  );
}
