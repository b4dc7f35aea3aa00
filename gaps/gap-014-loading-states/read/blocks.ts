/** A part of a page that its outline shows. */
export type Block =
  | { readonly kind: 'heading' | 'chat' | 'panel' }
  | { readonly kind: 'cards'; readonly count: number; readonly grid: string | undefined }
  | { readonly kind: 'rows'; readonly count: number }
  | { readonly kind: 'form'; readonly fields: number };
