/** What can do without its largest part, and makes it anew when it is asked for again. */
interface Releasable {
  release(): void;
}

/** Room for so much; what was used longest ago has to go first. */
export class Shelf<Item extends Releasable> {
  readonly #room: number;
  readonly #sizes = new Map<Item, number>();
  #taken = 0;

  constructor(room: number) {
    this.#room = room;
  }

  /** Puts something down, or moves it to where it stays longest. */
  put(item: Item, size: number): void {
    this.#taken += size - (this.#sizes.get(item) ?? 0);
    this.#sizes.delete(item);
    this.#sizes.set(item, size);
    for (const [oldest, itsSize] of this.#sizes) {
      if (this.#taken <= this.#room || oldest === item) return;
      this.#sizes.delete(oldest);
      this.#taken -= itsSize;
      oldest.release();
    }
  }
}
