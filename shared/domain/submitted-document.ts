import { z } from 'zod'
import { sha256Schema, textSchema } from '../core/schemas.ts'

/** Media types a scan may have; checked again by the first bytes of the file. */
export const scanMediaTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const
/** One scan may not be larger: a 20-page colour PDF at 200 dpi stays below it. */
export const maxScanBytes = 10 * 1024 * 1024
export const maxScansPerDossier = 60

/** A scan (bản quét), named by the SHA-256 of its bytes. */
export const scanSchema = z.object({
  sha256: sha256Schema,
  bytes: z.int().min(1).max(maxScanBytes),
  mediaType: z.enum(scanMediaTypes),
  name: textSchema(200).min(1),
})
export type Scan = z.infer<typeof scanSchema>

/**
 * What became of a required document: nộp bản chính · nộp bản sao · xuất trình · tra cứu CSDL · không cần.
 * Data found in a connected database may not be asked for on paper (NĐ 224/2026/NĐ-CP Điều 15).
 */
export const documentStates = ['original', 'copy', 'presented', 'looked-up', 'not-needed'] as const
export type DocumentState = (typeof documentStates)[number]

/** A document as it was taken in (giấy tờ đã nộp). */
export const submittedDocumentSchema = z.object({
  documentId: z.string().max(64),
  name: textSchema(1000).min(1),
  state: z.enum(documentStates),
  originals: z.int().min(0).max(999),
  copies: z.int().min(0).max(999),
  note: textSchema(500).optional(),
  scans: z.array(scanSchema).max(maxScansPerDossier),
})
export type SubmittedDocument = z.infer<typeof submittedDocumentSchema>
