'use client';

import { useEffect, useState } from 'react';
import FormError from '@/components/auth/FormError';
import { signInMessage } from '@/lib/sign-in-messages';

/** Says why sign-in with a provider failed: NextAuth puts the reason in `?error=`. */
export default function SignInError() {
  const [code, setCode] = useState<string | null>(null);

  useEffect(() => setCode(new URLSearchParams(window.location.search).get('error')), []);

  return code ? <FormError message={signInMessage(code)} /> : null;
}
