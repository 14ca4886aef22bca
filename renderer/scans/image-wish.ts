/** What the page asks of the picture worker. */
export interface ImageWish {
  readonly id: number
  readonly picture: Blob
  /** Also a version for the file, where that is worth it. */
  readonly reduce: boolean
}

/** Empty when the picture could not be read. */
export interface ImageAnswer {
  readonly id: number
  readonly thumbnail?: Blob
  readonly reduced?: Blob
}
