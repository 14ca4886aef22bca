import { DetailedError, Upload } from 'tus-js-client'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { uploadPath } from '../../shared/wire/attachment.ts'
import type { DistrictClient, DistrictFailure } from './district-client.ts'
import { tusOverLine, UploadFailed } from './tus-over-line.ts'

/** A request that carries a whole scan of 10 MB over 256 kbit/s; what came before it broke is not sent again. */
const requestTimeoutMs = 600_000
/** Only the path of it is used: where the district is, the line knows. */
const endpoint = `https://district${uploadPath}`

export interface ScanToSend {
  readonly sha256: string
  readonly content: Buffer
  /** True when the district already holds a beginning of it. */
  readonly begun: boolean
}

/** Sends a large scan by tus, from where the district's beginning of it ends. Aborting keeps what has arrived. */
export function uploadScan(
  client: DistrictClient,
  { sha256, content, begun }: ScanToSend,
  signal: AbortSignal,
): Promise<Result<null, DistrictFailure>> {
  return new Promise((resolve) => {
    const upload = new Upload(content, {
      endpoint,
      uploadUrl: begun ? `${endpoint}/${sha256}` : null,
      uploadSize: content.byteLength,
      metadata: { sha256 },
      uploadDataDuringCreation: true,
      storeFingerprintForResuming: false,
      // The exchange has its own back-off.
      retryDelays: null,
      httpStack: tusOverLine(client, requestTimeoutMs),
      onSuccess: () => resolve(ok(null)),
      onError: (cause) => resolve(err(failureOf(cause))),
    })
    signal.addEventListener('abort', () => {
      void upload.abort()
      resolve(err({ code: 'district/unreachable' }))
    })
    if (signal.aborted) resolve(err({ code: 'district/unreachable' }))
    else upload.start()
  })
}

function failureOf(cause: Error): DistrictFailure {
  const inner = cause instanceof DetailedError ? cause.causingError : cause
  return inner instanceof UploadFailed ? inner.failure : { code: 'district/unreachable' }
}
