import type { DeskId } from '../../shared/core/ids.ts'
import type { Page, PageWish } from '../store/stream-pages.ts'

/** Of up to three megabytes each (`line-pace.ts` of the desk), beside those that are being given. */
const mostHeld = 32

/** A desk that does not come back for its page has lost the line. */
const keptMs = 10_000

/**
 * The pages desks on quick lines will ask for next, read from the database while they take in what they were just given.
 * What a page holds never changes, so it may be given whenever it is asked for.
 */
export interface PagesAhead {
  readonly begin: (deskId: DeskId, wish: PageWish, read: () => Promise<Page>) => void
  /** The page, if it is this one that was begun for the desk; it is given once. */
  readonly take: (deskId: DeskId, wish: PageWish) => Promise<Page> | undefined
}

export function pagesAhead(): PagesAhead {
  const held = new Map<DeskId, { readonly key: string; readonly page: Promise<Page>; readonly timer: NodeJS.Timeout }>()
  function release(deskId: DeskId): { readonly key: string; readonly page: Promise<Page> } | undefined {
    const one = held.get(deskId)
    clearTimeout(one?.timer)
    held.delete(deskId)
    return one
  }
  return {
    begin(deskId, wish, read) {
      release(deskId)
      if (held.size >= mostHeld) return
      const page = read()
      // Whoever asks for it hears of the failure; when nobody does, nothing was lost.
      page.catch(() => undefined)
      const timer = setTimeout(() => release(deskId), keptMs).unref()
      held.set(deskId, { key: keyOf(wish), page, timer })
    },
    take(deskId, wish) {
      const one = release(deskId)
      return one?.key === keyOf(wish) ? one.page : undefined
    },
  }
}

function keyOf({ after, room, holder = '' }: PageWish): string {
  return `${after} ${room} ${holder}`
}
