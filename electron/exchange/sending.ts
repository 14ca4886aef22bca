import type { DossierId } from '../../shared/core/ids.ts'

/** A round that takes longer is on a line that may be gone: its events are said to wait again. */
const longestSendingMs = 60_000

/** Own events on the line at this moment. Kept nowhere: what is being sent says nothing of what a dossier is. */
export interface Sending {
  readonly has: (eventId: string) => boolean
  readonly dossiers: () => readonly DossierId[]
  /** In place of what was being sent before. */
  readonly begin: (events: readonly { readonly eventId: string; readonly dossierId: string }[]) => void
  readonly end: () => void
}

export function createSending(onExpired: () => void): Sending {
  let events: ReadonlySet<string> = new Set()
  let dossiers: readonly DossierId[] = []
  let timer: NodeJS.Timeout | undefined

  function end(): void {
    clearTimeout(timer)
    events = new Set()
    dossiers = []
  }

  return {
    has: (eventId) => events.has(eventId),
    dossiers: () => dossiers,
    begin(next) {
      end()
      if (next.length === 0) return
      events = new Set(next.map(({ eventId }) => eventId))
      dossiers = [...new Set(next.map(({ dossierId }) => dossierId as DossierId))]
      timer = setTimeout(() => {
        end()
        onExpired()
      }, longestSendingMs)
    },
    end,
  }
}
