import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'

const wholeBodyMs = 120_000
const silenceMs = 60_000

/**
 * ```
 * request ─► limit: the whole body within two minutes ──────────────► or the line is cut
 *               └─► allowSlow (a known desk sends a scan): no minute without a byte ─► or the line is cut
 * ```
 * Node's own limit knows no routes: a 5 MB scan over 256 kbit/s takes longer than any stranger may hold a line.
 */
export interface BodyTime {
  readonly limit: (request: FastifyRequest) => Promise<void>
  readonly allowSlow: (request: FastifyRequest) => Promise<void>
}

export function bodyTimeOf(wholeMs: number, silentMs: number): BodyTime {
  const running = new WeakMap<IncomingMessage, NodeJS.Timeout>()
  const cutUnlessComplete = (raw: IncomingMessage) => {
    if (!raw.complete) raw.socket.destroy()
  }
  return {
    limit: async ({ raw }) => {
      if (raw.complete) return
      const timer = setTimeout(() => cutUnlessComplete(raw), wholeMs).unref()
      running.set(raw, timer)
      raw.once('close', () => clearTimeout(timer))
    },
    allowSlow: async ({ raw }) => {
      clearTimeout(running.get(raw))
      raw.setTimeout(silentMs, () => cutUnlessComplete(raw))
    },
  }
}

export const bodyTime = bodyTimeOf(wholeBodyMs, silenceMs)
