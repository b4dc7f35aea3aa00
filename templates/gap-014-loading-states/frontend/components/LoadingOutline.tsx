import type { ReactNode } from 'react';

/** Stands in for a page while it is on its way: said once, and drawn in the color of the page's text. */
export function LoadingOutline({ className = 'space-y-6', children }: { className?: string; children: ReactNode }) {
  return (
    <div role="status">
      <span className="sr-only">Loading…</span>
      <div aria-hidden="true" className={`animate-pulse motion-reduce:animate-none ${className}`}>
        {children}
      </div>
    </div>
  );
}

/** A title and the line below it. */
export function HeadingOutline() {
  return (
    <div className="space-y-2">
      <div className="h-8 w-48 max-w-full rounded bg-current opacity-10" />
      <div className="h-4 w-72 max-w-full rounded bg-current opacity-10" />
    </div>
  );
}

/** Cards in the page's grid. */
export function CardsOutline({ count, className }: { count: number; className: string }) {
  return (
    <div className={className}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="h-32 rounded-2xl bg-current opacity-10" />
      ))}
    </div>
  );
}

/** The rows of a table or a list. */
export function RowsOutline({ count }: { count: number }) {
  return (
    <div className="space-y-2">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="h-12 rounded-lg bg-current opacity-10" />
      ))}
    </div>
  );
}

/** Labels, their fields, and a button. */
export function FormOutline({ fields }: { fields: number }) {
  return (
    <div className="space-y-4">
      {Array.from({ length: fields }, (_, index) => (
        <div key={index} className="space-y-2">
          <div className="h-3 w-24 rounded bg-current opacity-10" />
          <div className="h-10 rounded-lg bg-current opacity-10" />
        </div>
      ))}
      <div className="h-10 w-32 rounded-lg bg-current opacity-10" />
    </div>
  );
}

/** What was said, and the line to type in. */
export function ChatOutline() {
  return (
    <div className="flex min-h-[60vh] flex-col gap-4">
      <div className="h-16 w-2/3 rounded-2xl bg-current opacity-10" />
      <div className="ml-auto h-10 w-1/2 rounded-2xl bg-current opacity-10" />
      <div className="h-16 w-2/3 rounded-2xl bg-current opacity-10" />
      <div className="mt-auto h-12 rounded-2xl bg-current opacity-10" />
    </div>
  );
}

/** A box: a chart, a text, a picture. */
export function PanelOutline() {
  return <div className="h-64 rounded-2xl bg-current opacity-10" />;
}
