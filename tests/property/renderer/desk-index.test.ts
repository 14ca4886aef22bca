import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDeskIndex } from '../../../renderer/store/desk-index.ts'
import { type DossierFilter, dossierFilters } from '../../../renderer/store/index-filter.ts'
import { parseQuery, procedureMatches, searchTextOf } from '../../../renderer/store/search-text.ts'
import { addDays, dateOf, type Instant, instantOf, unixMsOf } from '../../../shared/core/time.ts'
import type { Dossier } from '../../../shared/domain/dossier.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'
import { receivedDossier } from '../../harness/sample-dossiers.ts'
import { sampleId } from '../../harness/sample-events.ts'

const now = '2022-08-17T02:47:00.000Z'
const seed = 20_220_817
const procedures = new Map([
  ['1.001193', 'Đăng ký khai sinh'],
  ['1.000894', 'Đăng ký kết hôn'],
])

const names = fc.constantFrom('Nguyễn Văn A', 'Nguyễn Thị Ánh', 'Đỗ Đức Ân', 'Trần An', 'Lê Thị Hường')
const statuses = fc.constantFrom('received', 'in-processing', 'finished', 'handed-over', 'refused')
const hours = fc.integer({ min: -100, max: 100 })

const viewsArbitrary = fc.array(
  fc.record({
    dossier: fc.integer({ min: 0, max: 12 }),
    name: names,
    status: statuses,
    hours,
    exchange: fc.constantFrom('waiting', 'accepted', 'returned'),
    code: fc.constantFrom(...procedures.keys()),
  }),
  { maxLength: 60 },
)
type Change = Parameters<typeof viewOf>[0]

function viewOf(
  change: {
    dossier: number
    name: string
    status: Dossier['state']['status']
    hours: number
    exchange: DossierView['exchange']
    code: string
  },
  position: number,
): DossierView {
  const at = instantOf(unixMsOf(now) + change.hours * 3_600_000)
  const base = receivedDossier({ due: { dueAt: at, verified: true } })
  const reception = base.state.status === 'refused' ? undefined : base.state.reception
  if (!reception) throw new Error('a received dossier has a reception')
  const states: { readonly [S in Dossier['state']['status']]: Extract<Dossier['state'], { status: S }> } = {
    received: { status: 'received', reception },
    'in-processing': { status: 'in-processing', reception, startedAt: at, staffId: reception.staffId },
    finished: { status: 'finished', reception, finishedAt: at, deliverable: { name: 'Giấy khai sinh' } },
    'handed-over': { status: 'handed-over', reception, handedOverAt: at, recipient: { name: 'Lan' } },
    refused: { status: 'refused', refusedAt: at, staffId: reception.staffId, reason: 'thiếu' },
  }
  const id = sampleId(change.dossier) as DossierView['id']
  return {
    id,
    position,
    exchange: change.exchange,
    findings: [],
    dossier: {
      ...base,
      id,
      procedure: { code: change.code, version: 1 },
      applicant: { kind: 'person', name: change.name },
      state: states[change.status],
    },
  }
}

/** The slow and obvious answer. */
function scan(views: readonly DossierView[], filter: DossierFilter, query: string): readonly string[] {
  const terms = parseQuery(query)
  return views
    .filter(({ dossier, exchange }) => belongs(dossier, exchange, filter))
    .filter(({ dossier }) =>
      terms.every(
        (term) =>
          searchTextOf(dossier).includes(term.needle) ||
          procedureMatches(procedures.get(dossier.procedure.code) ?? '', term),
      ),
    )
    .map(({ id }) => id)
    .sort()
}

function belongs({ state }: Dossier, exchange: DossierView['exchange'], filter: DossierFilter): boolean {
  const dueAt: Instant = state.status === 'refused' ? '' : state.reception.due.dueAt
  const running = state.status === 'received' || state.status === 'in-processing'
  const tomorrow = addDays(dateOf(now), 1)
  switch (filter) {
    case 'all':
      return true
    case 'open':
      return running || state.status === 'finished'
    case 'overdue':
      return running && dueAt < now
    case 'today':
      return running && dueAt >= now && dateOf(dueAt) === dateOf(now)
    case 'tomorrow':
      return running && dateOf(dueAt) === tomorrow
    case 'in-processing':
      return state.status === 'in-processing'
    case 'awaiting-hand-over':
      return state.status === 'finished'
    case 'returned':
      return exchange === 'returned'
    default:
      return state.status === filter
  }
}

function newest(changes: readonly Change[]): readonly DossierView[] {
  const views = new Map<string, DossierView>()
  changes.forEach((change, index) => {
    const view = viewOf(change, index + 1)
    views.set(view.id, view)
  })
  return [...views.values()]
}

// The words are indexed when the page has time: with a clock of our own, at once or never.
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('words indexed before, after and between changes never change what is found', () => {
  const queries = fc.constantFrom(
    'nguyen van',
    'a',
    'an',
    'd',
    'huong',
    '004',
    '0048',
    '220817-0048',
    '48',
    'h40',
    'nguyen 0048',
  )
  const steps = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 })
  fc.assert(
    fc.property(viewsArbitrary, steps, queries, (changes, indexesNow, query) => {
      const index = createDeskIndex()
      changes.forEach((change, place) => {
        index.apply([viewOf(change, place + 1)])
        if (indexesNow[place]) vi.runAllTimers()
      })
      expect([...index.list('all', query, now, procedures)].sort()).toEqual(scan(newest(changes), 'all', query))
    }),
    { numRuns: 300, seed },
  )
})

test('a large page is merged into the order as its dossiers one by one would be', () => {
  const change = fc.record({
    dossier: fc.integer({ min: 0, max: 90 }),
    name: names,
    status: statuses,
    hours,
    exchange: fc.constant('accepted' as const),
    code: fc.constantFrom(...procedures.keys()),
  })
  fc.assert(
    fc.property(fc.array(change, { minLength: 120, maxLength: 200 }), (changes) => {
      const views = changes.map((one, place) => viewOf(one, place + 1))
      const together = createDeskIndex()
      together.apply(views.slice(0, 60))
      together.apply(views.slice(60))
      const singly = createDeskIndex()
      for (const view of views) singly.apply([view])
      expect(together.list('all', '', now, procedures)).toEqual(singly.list('all', '', now, procedures))
    }),
    { numRuns: 60, seed },
  )
})

test('after any changes in any pages the index answers what a full scan answers', () => {
  const queries = fc.constantFrom('', 'nguyen van a', 'NGUYỄN VĂN A', 'an', 'dkks', 'ket hon', '0048', 'huong khai')
  fc.assert(
    fc.property(viewsArbitrary, fc.integer({ min: 1, max: 7 }), queries, (changes, page, query) => {
      const index = createDeskIndex()
      const views = changes.map((change, place) => viewOf(change, place + 1))
      for (let start = 0; start < views.length; start += page) index.apply(views.slice(start, start + page))
      const counts = index.counts(now)
      for (const filter of dossierFilters) {
        expect([...index.list(filter, query, now, procedures)].sort()).toEqual(scan(newest(changes), filter, query))
        expect(counts[filter]).toBe(scan(newest(changes), filter, '').length)
      }
    }),
    { numRuns: 300, seed },
  )
})

test('work comes by due date, results to hand over after it, closed dossiers last', () => {
  fc.assert(
    fc.property(viewsArbitrary, (changes) => {
      const index = createDeskIndex()
      index.apply(changes.map((change, place) => viewOf(change, place + 1)))
      const byId = new Map(newest(changes).map((view) => [view.id as string, view.dossier]))
      const listed = index.list('all', '', now, procedures).map((id) => byId.get(id) as Dossier)
      const ranks = listed.map(({ state }) => rankOf(state))
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
      const dues = listed.flatMap(({ state }) =>
        state.status === 'received' || state.status === 'in-processing' ? [state.reception.due.dueAt] : [],
      )
      expect(dues).toEqual([...dues].sort())
    }),
    { numRuns: 200, seed },
  )
})

function rankOf({ status }: Dossier['state']): number {
  if (status === 'received' || status === 'in-processing') return 0
  return status === 'finished' ? 1 : status === 'handed-over' ? 2 : 3
}

test('a page that comes twice, or late, changes nothing', () => {
  fc.assert(
    fc.property(viewsArbitrary, (changes) => {
      const views = changes.map((change, place) => viewOf(change, place + 1))
      const index = createDeskIndex()
      index.apply(views)
      const before = index.list('all', '', now, procedures)
      const version = index.version()
      index.apply(views)
      index.apply([...views].reverse())
      expect(index.list('all', '', now, procedures)).toEqual(before)
      expect(index.version()).toBe(version)
    }),
    { numRuns: 100, seed },
  )
})
