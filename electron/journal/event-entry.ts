/** Where an event's text lies. */
export interface TextPlace {
  readonly segment: number
  readonly offset: number
  readonly bytes: number
  readonly list: 'own' | 'stream'
  readonly at: number
}

/** What the index knows of an event, as it is at the moment of asking; the rest is read from its frame. */
export interface EventEntry {
  readonly eventId: string
  readonly dossierId: string
  readonly type: string
  readonly own: boolean
  readonly chainN?: number
  readonly place: TextPlace
  /** Place in the unit's stream, once accepted. */
  readonly streamSeq?: number
  /** Its place before the district's stream was numbered anew: keeps the order until it is known again. */
  readonly formerSeq?: number
  readonly refusedCode?: string
  readonly findings: readonly string[]
  readonly rebasedTo?: string
}

export interface DossierEntry {
  readonly dossierId: string
  readonly events: readonly EventEntry[]
  /** Place of the last frame that touched it. */
  readonly position: number
}

/** A set of events that reads like a map; entries are made when asked for. */
export interface EventEntries {
  readonly size: number
  readonly has: (eventId: string) => boolean
  readonly get: (eventId: string) => EventEntry | undefined
  readonly keys: () => Iterable<string>
  readonly values: () => Iterable<EventEntry>
}

/**
 * The order in which a dossier's events count: accepted ones as the district ordered them, then those without a place,
 * own ones as made. What was replaced counts only where the district holds it.
 */
export function orderedEvents(dossier: DossierEntry): readonly EventEntry[] {
  const accepted = dossier.events
    .filter((entry) => entry.streamSeq !== undefined)
    .sort((a, b) => (a.streamSeq ?? 0) - (b.streamSeq ?? 0))
  const pending = dossier.events
    .filter(isPending)
    .sort((a, b) => formerPlace(a) - formerPlace(b) || (a.chainN ?? 0) - (b.chainN ?? 0))
  return [...accepted, ...pending]
}

/** Without a place or a refusal, and nothing came of it yet. */
export function isPending({ streamSeq, refusedCode, rebasedTo }: EventEntry): boolean {
  return (streamSeq ?? refusedCode ?? rebasedTo) === undefined
}

function formerPlace(entry: EventEntry): number {
  return entry.formerSeq ?? Number.MAX_SAFE_INTEGER
}
