import type { ReactNode } from 'react';
import styles from './LoadingOutline.module.css';

/** Stands in for a page while it is on its way: said once, and drawn in the color of the page's text. */
export function LoadingOutline({ children }: { children: ReactNode }) {
  return (
    <div role="status">
      <span className={styles.said}>Loading…</span>
      <div aria-hidden="true" className={styles.outline}>
        {children}
      </div>
    </div>
  );
}

/** A title and the line below it. */
export function HeadingOutline() {
  return (
    <div className={styles.lines}>
      <div className={styles.title} />
      <div className={styles.line} />
    </div>
  );
}

/** Cards beside each other, as many as fit. */
export function CardsOutline({ count }: { count: number }) {
  return (
    <div className={styles.cards}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles.card} />
      ))}
    </div>
  );
}

/** The rows of a table or a list. */
export function RowsOutline({ count }: { count: number }) {
  return (
    <div className={styles.lines}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles.row} />
      ))}
    </div>
  );
}

/** Labels, their fields, and a button. */
export function FormOutline({ fields }: { fields: number }) {
  return (
    <div className={styles.lines}>
      {Array.from({ length: fields }, (_, index) => (
        <div key={index} className={styles.lines}>
          <div className={styles.line} />
          <div className={styles.row} />
        </div>
      ))}
      <div className={styles.title} />
    </div>
  );
}

/** What was said, and the line to type in. */
export function ChatOutline() {
  return (
    <div className={styles.chat}>
      <div className={styles.row} />
      <div className={styles.row} />
      <div className={styles.typing} />
    </div>
  );
}

/** A box: a chart, a text, a picture. */
export function PanelOutline() {
  return <div className={styles.panel} />;
}
