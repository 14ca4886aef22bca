import { drawFrom } from '../dossiers/random.ts'
import type { Part } from '../part.ts'
import { type PeerId, peerIds } from '../peers/peer.ts'
import { comeToRest } from '../world/come-to-rest.ts'
import { signOut } from '../world/desk-page.ts'
import { openSignedIn } from '../world/signed-in-app.ts'
import { figureOf, type Rounds } from './figure.ts'

const perRound = 40
/**
 * So many that p95 is told by twenty-five pages: V8 collects the page's whole heap once in some two hundred, and the first ones
 * of a round find everything idle.
 */
const pagesPerRound = 500
const pageOfList = 50
const draw = drawFrom(7)
const statuses = ['received', 'in-processing', 'finished', 'handed-over', 'refused'] as const

interface ListRounds {
  readonly ours: Rounds
  readonly theirs: Readonly<Record<string, Rounds>>
}

/** Figures of the page's own parts, in the real page, on the app's own store; peers answer the same questions. */
export const listPart: Part = {
  id: 'list',
  what: 'a page of the work list, counts, search',
  async run({ rounds, dossiers, filledDesk, peers, whenDone, say }) {
    const others = await peers()
    const app = await openSignedIn(await filledDesk())
    whenDone(app.close)
    const { page } = app
    const { open } = await page.evaluate(() => benchProbe.openApps())
    // Two indexes and two stores in one page would be twice what there is to collect in service.
    await signOut(page)
    const due = await others.page('raw-indexeddb').evaluate(() => benchPeer.openDueDates())
    if (due.length !== open) throw new Error(`the desk has ${open} open dossiers, its peers ${due.length}`)
    const rows = await measureList('rows')
    const wholes = await measureList('dossiers')
    const counts: (readonly number[])[] = []
    const rawCounts: (readonly number[])[] = []
    const searches: (readonly number[])[] = []
    let found = 0
    // In all of them the first round is for warming up.
    for (let round = -1; round < rounds; round += 1) {
      const count = await page.evaluate((times) => benchProbe.counts(times), perRound)
      const raw = await others
        .page('raw-indexeddb')
        .evaluate(([names, times]) => benchPeer.counts(names, times), [statuses, perRound / 4] as const)
      if (raw.counted !== dossiers) throw new Error(`raw IndexedDB counts ${raw.counted} of ${dossiers} dossiers`)
      if (round < 0) continue
      counts.push(count)
      rawCounts.push(raw.ms)
      say(`counts: round ${round + 1} of ${rounds}`)
    }
    // Afterwards, because the full scan that each answer is compared with keeps every dossier in the page's memory.
    for (let round = 0; round < rounds; round += 1) {
      const search = await page.evaluate((times) => benchProbe.search(times), perRound)
      searches.push(search.ms)
      found += search.found
      say(`search: round ${round + 1} of ${rounds}`)
    }
    if (found === 0) throw new Error('no search found anything')
    return [
      figureOf({
        id: 'list-50',
        what: 'a page of 50 open dossiers by due date: order in memory, what the list shows of them from RxDB’s sheets of rows, unsealed; peers: indexed query, whole documents in the clear',
        unit: 'ms',
        rounds: rows.ours,
        peers: rows.theirs,
        compared: 'p95',
      }),
      figureOf({
        id: 'list-50-whole',
        what: 'the same page, but whole documents from one stretch of RxDB’s store, unsealed, as peers read them',
        unit: 'ms',
        rounds: wholes.ours,
        peers: wholes.theirs,
        compared: 'p95',
      }),
      figureOf({
        id: 'counts',
        what: 'counts of all filters (in memory); peer: count() of the five statuses',
        unit: 'ms',
        rounds: counts,
        peers: { 'raw-indexeddb': rawCounts },
      }),
      figureOf({
        id: 'search',
        what: 'search without accents (in memory); every answer equal to a full scan',
        unit: 'ms',
        rounds: searches,
      }),
    ]

    /** One kind after the other: whole dossiers leave so much behind that collecting it would slow the next round of rows. */
    async function measureList(kind: 'rows' | 'dossiers'): Promise<ListRounds> {
      const ours: (readonly number[])[] = []
      const theirs = new Map<PeerId, (readonly number[])[]>(peerIds.map((id) => [id, []]))
      for (let round = -1; round < rounds; round += 1) {
        const ranks = Array.from({ length: pagesPerRound }, () => draw.between(0, Math.max(0, open - pageOfList)))
        const dates = ranks.map((rank) => due[rank] ?? '')
        await comeToRest(say)
        const times = await page.evaluate(([what, from, size]) => benchProbe.list(what, from, size), [
          kind,
          ranks,
          pageOfList,
        ] as const)
        if (round >= 0) ours.push(times)
        for (const id of peerIds) {
          await comeToRest(say)
          const peer = others.page(id)
          const peerTimes = await peer.evaluate(([from, size]) => benchPeer.openFrom(from, size), [
            dates,
            pageOfList,
          ] as const)
          if (round >= 0) theirs.get(id)?.push(peerTimes)
        }
        if (round >= 0) say(`list of ${kind}: round ${round + 1} of ${rounds}`)
      }
      return { ours, theirs: Object.fromEntries(theirs) }
    }
  },
}
