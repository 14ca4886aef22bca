import { commandPart } from './figures/command-figures.ts'
import { eventBytesPart } from './figures/event-bytes-figures.ts'
import { exchangePart } from './figures/exchange-figures.ts'
import { journalPart } from './figures/journal-figures.ts'
import { linkPart } from './figures/link-figures.ts'
import { listPart } from './figures/list-figures.ts'
import { rebuildPart } from './figures/rebuild-figures.ts'
import { reconnectPart } from './figures/reconnect-figures.ts'
import { soakPart } from './figures/soak-figures.ts'
import { startPart } from './figures/start-figures.ts'
import type { Part } from './part.ts'

/** What takes minutes is kept for later runs, so that no part alone takes long. */
const fillDesk: Part = {
  id: 'fill-desk',
  what: 'only fills the desk and its district, for the parts after it',
  async run({ filledDesk }) {
    await filledDesk()
    return []
  },
}

const fillPeers: Part = {
  id: 'fill-peers',
  what: 'only fills the peers, for the parts after it',
  async run({ peers }) {
    await peers()
    return []
  },
}

/** In the order they are measured and shown. */
export const parts: readonly Part[] = [
  fillDesk,
  fillPeers,
  commandPart,
  listPart,
  startPart,
  rebuildPart,
  journalPart,
  exchangePart,
  eventBytesPart,
  linkPart,
  reconnectPart,
  soakPart,
]
