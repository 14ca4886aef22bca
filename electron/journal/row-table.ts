/**
 * Rows of 32-bit words in one piece of memory: no object, no string, nothing for the garbage collector to walk.
 * A row is named by its number and never goes away.
 */
export class RowTable {
  count = 0
  words: Uint32Array<ArrayBuffer>

  /** `rows` are expected; more are welcome. */
  constructor(
    readonly width: number,
    rows = 0,
  ) {
    this.words = new Uint32Array(Math.ceil(rows * 1.06 + 64) * width)
  }

  add(): number {
    const row = this.count
    if ((row + 1) * this.width > this.words.length) {
      const grown = new Uint32Array(Math.ceil(row * 1.25 + 64) * this.width)
      grown.set(this.words)
      this.words = grown
    }
    this.count += 1
    return row
  }

  get(row: number, column: number): number {
    return this.words[row * this.width + column] ?? 0
  }

  set(row: number, column: number, value: number): void {
    this.words[row * this.width + column] = value
  }

  setKey(row: number, column: number, key: Uint32Array): void {
    this.words.set(key, row * this.width + column)
  }

  /** The rows in use. */
  used(): Uint32Array<ArrayBuffer> {
    return this.words.subarray(0, this.count * this.width)
  }
}

/** Finds a row by a key of several words in it: open addressing over row numbers, four bytes a place. */
export class KeyIndex {
  private places: Uint32Array
  private filled = 0

  constructor(
    private readonly table: RowTable,
    private readonly column: number,
    private readonly keyWords: number,
    rows = 0,
  ) {
    this.places = new Uint32Array(placesFor(rows))
  }

  find(key: Uint32Array): number | undefined {
    const stored = this.places[this.placeOf(key, 0)] ?? 0
    return stored === 0 ? undefined : stored - 1
  }

  /** From now on the row's key leads to it, also when another row had that key before. */
  put(row: number): void {
    if ((this.filled + 1) * 2 > this.places.length) this.grow()
    const place = this.placeOf(this.table.words, row * this.table.width + this.column)
    if (this.places[place] === 0) this.filled += 1
    this.places[place] = row + 1
  }

  /** Where the key beginning at `from` stands, or the free place where it would. */
  private placeOf(words: Uint32Array, from: number): number {
    const mask = this.places.length - 1
    for (let place = this.hashOf(words, from) & mask; ; place = (place + 1) & mask) {
      const stored = this.places[place] ?? 0
      if (stored === 0 || this.isKeyOf(stored - 1, words, from)) return place
    }
  }

  private isKeyOf(row: number, words: Uint32Array, from: number): boolean {
    const start = row * this.table.width + this.column
    for (let at = 0; at < this.keyWords; at += 1) if (this.table.words[start + at] !== words[from + at]) return false
    return true
  }

  private hashOf(words: Uint32Array, from: number): number {
    let hash = 0
    for (let at = 0; at < this.keyWords; at += 1) {
      hash = Math.imul(hash ^ (words[from + at] ?? 0), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return hash >>> 0
  }

  private grow(): void {
    const former = this.places
    this.places = new Uint32Array(former.length * 2)
    for (const stored of former) {
      if (stored === 0) continue
      this.places[this.placeOf(this.table.words, (stored - 1) * this.table.width + this.column)] = stored
    }
  }
}

/** A power of two, at most half filled. */
function placesFor(rows: number): number {
  let places = 64
  while (places < rows * 2) places *= 2
  return places
}
