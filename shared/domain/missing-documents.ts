import type { Procedure, RequiredDocument } from '../law/procedure.ts'
import type { SubmittedDocument } from './submitted-document.ts'

/** The mandatory documents nobody accounted for; one document of an alternative group is enough. */
export function missingDocuments(
  procedure: Procedure,
  submitted: readonly SubmittedDocument[],
): readonly RequiredDocument[] {
  const present = new Set(submitted.map((document) => document.documentId))
  const satisfiedGroups = new Set(
    procedure.documents
      .filter((document) => present.has(document.id))
      .flatMap((document) => (document.alternativeGroup ? [document.alternativeGroup] : [])),
  )
  return procedure.documents.filter(
    (document) =>
      document.mandatory &&
      !present.has(document.id) &&
      !(document.alternativeGroup && satisfiedGroups.has(document.alternativeGroup)),
  )
}
