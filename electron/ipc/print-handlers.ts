import type { BrowserWindow } from 'electron'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import type { PrintFailure } from '../../shared/ipc/contract.ts'
import type { Paper } from '../../shared/law/papers/paper.ts'
import { findProcedureVersion } from '../../shared/law/procedure.ts'
import type { Desk } from '../desk.ts'
import { paperOfDossier } from '../printing/paper-of-dossier.ts'
import type { Printing } from '../printing/printing.ts'
import type { ShownDocument } from '../windows/document-window.ts'

export interface PrintInput {
  readonly dossierId: string
  readonly reprint: boolean
}

export interface PrintHandlers {
  readonly findPrinter: () => Promise<Result<{ readonly printer: string }, PrintFailure>>
  readonly print: (input: PrintInput) => Promise<Result<{ readonly printer: string }, PrintFailure>>
  readonly savePdf: (input: PrintInput) => Promise<Result<{ readonly saved: boolean }, PrintFailure>>
  readonly preview: (input: PrintInput) => Promise<Result<null, PrintFailure>>
}

/** Prints what the journal says, never what the page shows. */
export function createPrintHandlers(
  desk: Desk,
  printing: Printing,
  window: () => BrowserWindow | undefined,
  show: (document: ShownDocument) => void,
): PrintHandlers {
  async function findPaper({ dossierId, reprint }: PrintInput): Promise<Paper | undefined> {
    const identity = desk.identity.current()
    const { catalogue, units } = desk.reference.current()
    const dossier = foldDossier(await desk.journal.history(dossierId))
    if (!identity || !catalogue || !dossier) return undefined
    const procedure = findProcedureVersion(catalogue, dossier.procedure.code, dossier.procedure.version)
    const unit = units?.units.find(({ id }) => id === dossier.unitId) ?? identity.unit
    const { state } = dossier
    const { staffId } = state.status === 'refused' ? state : state.reception
    const staffName = desk.reference.findStaff(staffId)?.name ?? ''
    if (!procedure) return undefined
    return paperOfDossier({
      dossier,
      unit,
      procedure,
      staffName,
      ...(reprint ? { reprintedAt: desk.clock.instant() } : {}),
    })
  }

  async function withPaper<T>(
    input: PrintInput,
    use: (paper: Paper) => Promise<Result<T, PrintFailure>>,
  ): Promise<Result<T, PrintFailure>> {
    const paper = await findPaper(input)
    return paper ? use(paper) : err({ code: 'dossier/not-found' })
  }

  return {
    findPrinter: async () => {
      const contents = window()?.webContents
      return contents ? printing.findPrinter(contents) : err({ code: 'printer/failed' })
    },
    print: (input) => withPaper(input, (paper) => printing.print(paper)),
    savePdf: (input) => withPaper(input, (paper) => printing.savePdf(paper, window())),
    preview: (input) =>
      withPaper(input, async (paper) => {
        show({ mediaType: 'application/pdf', name: paper.title, content: await printing.pdfOf(paper) })
        return ok(null)
      }),
  }
}
