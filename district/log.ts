import Fastify from 'fastify'
import type { Log } from './http/log-requests.ts'

/** The log goes to standard error as JSON lines: standard output belongs to the command line's own answers. */
export function openLog(level: 'silent' | 'warn' | 'info'): Log {
  return Fastify({
    logger: {
      level,
      stream: process.stderr,
      base: undefined,
      messageKey: 'message',
      formatters: { level: (label: string) => ({ level: label }) },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
  }).log
}
