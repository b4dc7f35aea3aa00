'use client';

import { useEffect, useState } from 'react';
import FormError from '@/components/auth/FormError';
import { signInMessage } from '@/lib/sign-in-messages';

/** Why sign-in with a provider sent the person back here: NextAuth says it in `?error=`. */
export default function SignInError() {
  const [code, setCode] = useState<string | null>(null);

  useEffect(() => setCode(new URLSearchParams(window.location.search).get('error')), []);

  return code ? <FormError message={signInMessage(code)} /> : null;
}
