import type { DossierView } from '../../shared/ipc/view.ts'
import type { DossierReader } from './dossier-reader.ts'
import { type DossierRow, rowOf } from './dossier-row.ts'
import { createKept, type Kept } from './kept.ts'
import { createReadOnce } from './read-once.ts'
import type { RowSheets } from './row-sheets.ts'

/** Reads what lists show: rows that stand together from their sheets, all others from whole dossiers. */
export interface RowReader extends Pick<Kept<DossierRow>, 'peek' | 'version' | 'subscribe'> {
  /** Waits for what somebody else is reading already, too. */
  readonly load: (ids: readonly string[]) => Promise<void>
  readonly remember: (views: readonly DossierView[]) => void
}

const keptRows = 400

export function createRowReader(sheets: RowSheets, dossiers: DossierReader): RowReader {
  const { peek, keep, version, subscribe } = createKept<DossierRow>(keptRows)

  async function read(ids: readonly string[]): Promise<readonly DossierRow[]> {
    if (!sheets.areTogether(ids)) return readWhole(ids).then((views) => views.map(rowOf))
    const found = await sheets.find(ids)
    const known = new Set<string>(found.map(({ id }) => id))
    const lost = await readWhole(ids.filter((id) => !known.has(id)))
    sheets.put(lost)
    return [...found, ...lost.map(rowOf)]
  }

  async function readWhole(ids: readonly string[]): Promise<readonly DossierView[]> {
    if (ids.length > 0) await dossiers.load(ids)
    return ids.flatMap((id) => dossiers.peek(id) ?? [])
  }

  return {
    peek,
    version,
    subscribe,
    load: createReadOnce(
      (id) => peek(id) !== undefined,
      async (ids) => keep(await read(ids)),
    ),
    remember: (views) => keep(views.filter((view) => views.length <= 20 || peek(view.id)).map(rowOf)),
  }
}
