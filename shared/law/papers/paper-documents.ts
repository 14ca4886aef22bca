import type { DocumentState, SubmittedDocument } from '../../domain/submitted-document.ts'

/** One row of the documents table: what it is, in which form it was taken, how many. */
export interface PaperDocument {
  readonly name: string
  readonly note?: string
  readonly forms: readonly { readonly form: string; readonly quantity: string }[]
}

const stateForms: Readonly<Record<Exclude<DocumentState, 'not-needed'>, string>> = {
  original: 'Bản chính',
  copy: 'Bản sao',
  presented: 'Xuất trình',
  'looked-up': 'Tra cứu CSDL',
}

/** The documents as the receipt lists them; those that were not needed are left out. */
export function paperDocuments(documents: readonly SubmittedDocument[]): readonly PaperDocument[] {
  return documents.flatMap((document) => {
    const { name, note, state } = document
    return state === 'not-needed' ? [] : [{ name, note, forms: formsOf(document, stateForms[state]) }]
  })
}

function formsOf({ state, originals, copies }: SubmittedDocument, form: string): PaperDocument['forms'] {
  if (state === 'looked-up') return [{ form, quantity: '–' }]
  if (state === 'copy') return [{ form, quantity: quantityText(copies || originals) }]
  const main = { form, quantity: quantityText(originals) }
  return copies > 0 ? [main, { form: stateForms.copy, quantity: quantityText(copies) }] : [main]
}

/** What was taken in was there at least once, even where the procedure counts no originals. */
function quantityText(count: number): string {
  return String(Math.max(1, count)).padStart(2, '0')
}
