import { type CommandId, type DossierId, type DraftId, uuidV7 } from '../../shared/core/ids.ts'

function newUuid(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}

/** Made once for what the officer wants and kept for retries, so that a repeated call is the same command. */
export function newCommandId(): CommandId {
  return newUuid() as CommandId
}

export function newDossierId(): DossierId {
  return newUuid() as DossierId
}

export function newDraftId(): DraftId {
  return newUuid() as DraftId
}
