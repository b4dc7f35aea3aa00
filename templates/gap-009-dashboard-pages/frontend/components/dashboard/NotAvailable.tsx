/** Why some buttons of a page cannot be pressed; they name it with aria-describedby. */
export default function NotAvailable() {
  return (
    <p id="not-available" className="my-4 text-xs text-amber-100/70">
      Grayed-out buttons are not available yet: no service carries them out.
    </p>
  );
}
