import { redirect } from 'next/navigation';
import { getServerSession } from 'next-auth/next';
import type { ReactNode } from 'react';
import { authOptions } from '@/lib/auth';

/** Turns everybody but the owner away before anything of the page is sent. Its API routes ask again. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const session = await getServerSession(authOptions);
  // Signing in again does not help while the accounts cannot be read: the error page offers another try.
  if (session && 'isUnavailable' in session) throw new Error('Accounts are not available right now.');
  if (!session?.user) redirect('/sign-in?callbackUrl=%2Fdashboard%2Fadmin');
  if ((session.user as { role?: string }).role !== 'OWNER') redirect('/dashboard');
  return <>{children}</>;
}
