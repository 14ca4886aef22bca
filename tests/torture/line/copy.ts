import type { Desk } from '../../../electron/desk.ts'

/** An event of the unit's stream, as the district keeps it. */
export interface Admitted {
  readonly id: string
  readonly text: string
}

/** Of one kind of fault so many are told: the others say the same. */
const mostTold = 3

/**
 * 1. At each place of the stream the desk's index has the stream's event and no other, and it has no further places.
 * 2. Each of these events, its own and others', has the stream's exact text there; texts before `from` were read already.
 */
export async function compareCopy(desk: Desk, stream: readonly Admitted[], from: number): Promise<readonly string[]> {
  const { events } = desk.journal.index
  const held = new Map<number, string[]>()
  for (const { streamSeq, eventId } of events.values()) {
    if (streamSeq !== undefined) held.set(streamSeq, [...(held.get(streamSeq) ?? []), eventId])
  }
  const misplaced = stream.flatMap(({ id }, at) => {
    const here = held.get(at + 1) ?? []
    return here.length === 1 && here[0] === id ? [] : `holds ${here.join(' and ') || 'nothing'} at ${at + 1}, not ${id}`
  })
  const beyond = [...held.keys()].filter((seq) => seq < 1 || seq > stream.length)
  const rewritten: string[] = []
  for (const { id, text } of stream.slice(from)) {
    const entry = events.get(id)
    if (entry && (await desk.journal.textOf(entry)) !== text)
      rewritten.push(`has another text of ${entry.own ? 'its own' : "another's"} event ${id}`)
  }
  return [
    ...misplaced.slice(0, mostTold),
    ...beyond.slice(0, mostTold).map((seq) => `has a place ${seq} of a stream of ${stream.length}`),
    ...rewritten.slice(0, mostTold),
  ]
}

/** The frames on the disk tell each place of the stream once and in order, however often the line told it. */
export async function compareFrames(desk: Desk, stream: readonly Admitted[]): Promise<readonly string[]> {
  const told: string[] = []
  for await (const batch of desk.journal.batches()) {
    for (const { seq, eventId } of batch.stream ?? []) told.push(`${eventId} at ${seq}`)
  }
  const wanted = stream.map(({ id }, at) => `${id} at ${at + 1}`)
  const first = Array.from({ length: Math.max(told.length, wanted.length) }).findIndex(
    (_, at) => told[at] !== wanted[at],
  )
  return first < 0 ? [] : [`has ${told[first]} in its frames where ${wanted[first]} comes`]
}
