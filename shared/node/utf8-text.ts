import { TextBytes } from '../wire/event-text.ts'

/** Over a stretch of a message or of a frame of the journal; what it lies in stays in memory as long as it does. */
export class Utf8Text extends TextBytes {
  constructor(readonly bytes: Buffer) {
    super()
  }

  override toString(): string {
    return this.bytes.toString('utf8')
  }
}
