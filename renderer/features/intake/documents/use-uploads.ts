import { useRef, useState } from 'react'
import { maxScansPerDossier } from '../../../../shared/domain/submitted-document.ts'
import type { Intake } from '../intake-context.ts'
import { type UploadFailure, uploadScan } from './upload-scan.ts'

/** A file on its way, or one that was not taken and why. */
export interface Upload {
  readonly id: number
  readonly key: string
  readonly fileName: string
  readonly bytes: number
  readonly sentBytes: number
  readonly failure?: UploadFailure | { readonly code: 'attachment/too-many' }
}

export interface Uploads {
  readonly uploads: readonly Upload[]
  /** `asReceived`: pictures are not reduced. */
  readonly add: (key: string, files: readonly File[], asReceived: boolean) => void
  readonly dismiss: (id: number) => void
}

/** Several files at once, one after another, so that a slow disk shows one honest bar. */
export function useUploads(intake: Intake): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const nextId = useRef(1)

  function change(id: number, next: Partial<Upload>): void {
    setUploads((known) => known.map((upload) => (upload.id === id ? { ...upload, ...next } : upload)))
  }

  function dismiss(id: number): void {
    setUploads((known) => known.filter((upload) => upload.id !== id))
  }

  function fail(id: number, failure: NonNullable<Upload['failure']>): void {
    intake.uploads.failures += 1
    change(id, { failure })
  }

  async function send(upload: Upload, file: File, asReceived: boolean): Promise<void> {
    const held = Object.values(intake.snapshot().scans).reduce((sum, scans) => sum + scans.length, 0)
    if (held >= maxScansPerDossier) {
      fail(upload.id, { code: 'attachment/too-many' })
      return
    }
    const answer = await uploadScan(file, asReceived, (sentBytes) => change(upload.id, { sentBytes }))
    if (!answer.ok) {
      fail(upload.id, answer.error)
      return
    }
    intake.setScans(upload.key, (scans) =>
      scans.some(({ sha256 }) => sha256 === answer.value.sha256) ? scans : [...scans, answer.value],
    )
    dismiss(upload.id)
  }

  function add(key: string, files: readonly File[], asReceived: boolean): void {
    const added = files.map((file) => {
      const id = nextId.current
      nextId.current += 1
      return { upload: { id, key, fileName: file.name, bytes: file.size, sentBytes: 0 }, file }
    })
    setUploads((known) => [...known, ...added.map(({ upload }) => upload)])
    for (const { upload, file } of added) {
      intake.uploads.queue = intake.uploads.queue.then(() => send(upload, file, asReceived))
    }
  }

  return { uploads, add, dismiss }
}
