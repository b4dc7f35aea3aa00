/** Announced by screen readers as soon as there is something to say. */
export default function FormError({ message }: { message: string | undefined }) {
  return (
    <p role="alert" className={message ? 'rounded-lg bg-red-950/40 p-3 text-sm text-red-200' : 'sr-only'}>
      {message}
    </p>
  );
}
