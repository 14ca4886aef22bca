import { closeSync, constants, fdatasyncSync, openSync, readSync, writeSync } from 'node:fs'
import { encodeFrame, type FrameKey, findFrameAt, openFrame } from './frame.ts'
import type { JournalIndex } from './journal-index.ts'

/** How far a journal had come. */
type Seen = Readonly<Pick<JournalIndex, 'position'> & { chainN: number }>

/**
 * How far the journal has come, written outside all folders of the desk, so that it does not go back in time with them:
 * ```
 * append ─► segment and mirror durable ─► note(position, chain place) ─► one small file beside the data folder
 * start:  journal shorter than noted? ─► it went back: cure told, new journal id ─► hold(what there is now)
 * ```
 * 1. Written after the entry is durable and never before: it may know less than there was, never more.
 * 2. Not synced with each entry, and written when whoever waits for the entry has his answer: a kill loses the entries of one
 *    moment, a power cut those of the last seconds. Durable only where it goes back.
 * 3. Sealed under the journal's key: one of another install, like one that is damaged or gone, witnesses nothing.
 */
export interface Witness {
  readonly note: (index: JournalIndex) => void
  /** From here on this much is known, also where it is less than before. */
  readonly hold: (index: JournalIndex) => void
  readonly close: () => void
}

export interface OpenedWitness {
  readonly witness: Witness
  readonly seen: Seen | undefined
}

const { O_RDWR, O_CREAT } = constants
const maxBytes = 512

/** Without a file, or where it cannot be opened, there is none; the desk works on. */
export function openWitness(file: string | undefined, key: Uint8Array): OpenedWitness {
  const handle = file === undefined ? undefined : quietly(() => openSync(file, O_RDWR | O_CREAT, 0o600))
  if (handle === undefined) return { witness: { note: () => {}, hold: () => {}, close: () => {} }, seen: undefined }
  const frameKey: FrameKey = { key, label: 'witness' }
  let isOpen = true
  let noted: JournalIndex | undefined
  const write = ({ position, chain }: JournalIndex) => {
    // The number of a closed file may be another file's by now.
    if (!isOpen) return
    const seen: Seen = { position, chainN: chain.n }
    writeSync(handle, encodeFrame(frameKey, 0, Buffer.from(JSON.stringify(seen))), 0, undefined, 0)
  }
  const writeNoted = () => {
    const index = noted
    noted = undefined
    if (index) quietly(() => write(index))
  }
  return {
    witness: {
      note(index) {
        if (!noted) setImmediate(writeNoted)
        noted = index
      },
      hold: (index) =>
        quietly(() => {
          write(index)
          fdatasyncSync(handle)
        }),
      close() {
        writeNoted()
        isOpen = false
        quietly(() => closeSync(handle))
      },
    },
    seen: quietly(() => readSeen(handle, frameKey)),
  }
}

function readSeen(handle: number, frameKey: FrameKey): Seen | undefined {
  const bytes = Buffer.alloc(maxBytes)
  readSync(handle, bytes, 0, maxBytes, 0)
  const place = findFrameAt(bytes, 0)
  const plain = place && openFrame(frameKey, bytes.subarray(0, place.bytes))
  return plain && (JSON.parse(plain.toString('utf8')) as Seen)
}

/** A witness that cannot be read or written is no reason to refuse an officer's work. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
