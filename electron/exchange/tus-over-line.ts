import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client'
import type { DistrictClient, DistrictFailure, DistrictRequest } from './district-client.ts'

/** Thrown through the library and taken out of its error again: why the line or the district did not answer. */
export class UploadFailed extends Error {
  readonly failure: DistrictFailure

  constructor(failure: DistrictFailure) {
    super(failure.code)
    this.failure = failure
  }
}

/** Lets tus speak over the desk's own signed and pinned line. */
export function tusOverLine(client: DistrictClient, timeoutMs: number): HttpStack {
  return {
    getName: () => 'signed line',
    createRequest: (method, url) => requestOver(client, timeoutMs, method, url),
  }
}

function requestOver(client: DistrictClient, timeoutMs: number, method: string, url: string): HttpRequest {
  const headers: Record<string, string> = {}
  const stopped = new AbortController()
  return {
    getMethod: () => method,
    getURL: () => url,
    setHeader(name, value) {
      headers[name.toLowerCase()] = value
    },
    getHeader: (name) => headers[name.toLowerCase()],
    setProgressHandler() {},
    async send(body: Uint8Array | undefined) {
      const { 'content-type': mediaType = 'application/offset+octet-stream', ...rest } = headers
      const answered = await client.request({
        method: method as DistrictRequest['method'],
        path: new URL(url).pathname,
        headers: rest,
        ...(body ? { bytes: { mediaType, content: body } } : {}),
        timeoutMs,
        signal: stopped.signal,
      })
      if (answered.ok) return responseOf(answered.value.status, answered.value.headers)
      // tus asks where to go on, and makes a new upload where there is none.
      if (answered.error.code === 'district/refused' && answered.error.status === 404) return responseOf(404)
      throw new UploadFailed(answered.error)
    },
    async abort() {
      stopped.abort()
    },
    getUnderlyingObject: () => undefined,
  }
}

function responseOf(status: number, headers = new Headers()): HttpResponse {
  return {
    getStatus: () => status,
    getHeader: (name) => headers.get(name) ?? undefined,
    getBody: () => '',
    getUnderlyingObject: () => undefined,
  }
}
