import type { Verdict } from './exchange.ts'

/**
 * Verdicts as they travel to a desk that says so in `accept`:
 * ```
 * events of the request   e1   e2   e3   e4   e5
 * verdicts                └─ { accepted: 3, seq, receivedAt } ─┘ refused   { accepted: 1, … }
 * ```
 * 1. Events that took places one behind the other, at one moment and without a finding, are counted instead of named: the desk
 *    knows what it asked about, and ids do not pack.
 * 2. Only where there is one verdict for each event of the request, in its order.
 * 3. It is a spelling: the signature covers the verdicts themselves, so a desk that fills in others finds it wrong.
 */
export const briefVerdicts = 'verdicts=brief'

interface AcceptedRun {
  readonly accepted: number
  readonly seq: number
  readonly receivedAt: string
}

export function shortenVerdicts(verdicts: readonly Verdict[]): readonly (Verdict | AcceptedRun)[] {
  const short: (Verdict | AcceptedRun)[] = []
  for (const verdict of verdicts) {
    if (verdict.verdict !== 'accepted' || verdict.findings.length > 0) {
      short.push(verdict)
      continue
    }
    const { seq, receivedAt } = verdict
    const last = short.at(-1)
    if (last && 'accepted' in last && last.receivedAt === receivedAt && last.seq + last.accepted === seq) {
      short[short.length - 1] = { ...last, accepted: last.accepted + 1 }
    } else {
      short.push({ accepted: 1, seq, receivedAt })
    }
  }
  return short
}

/** The verdicts on events with these ids; what is no run is left for the reply's schema to judge. */
export function fillInVerdicts(verdicts: readonly unknown[], eventIds: readonly string[]): readonly unknown[] {
  let at = 0
  return verdicts.flatMap((one) => {
    const run = findRun(one)
    const ids = eventIds.slice(at, at + (run?.accepted ?? 1))
    at += ids.length
    if (!run) return [one]
    return ids.map((eventId, place) => {
      return { eventId, verdict: 'accepted', seq: run.seq + place, receivedAt: run.receivedAt, findings: [] }
    })
  })
}

function findRun(one: unknown): AcceptedRun | undefined {
  return typeof one === 'object' && one !== null && 'accepted' in one ? (one as AcceptedRun) : undefined
}
