/** Stands for the target's own page. */
export default function SignInPage() {
  return null;
}
