import type { z } from 'zod'
import { protocolFloor } from '../../shared/wire/protocol.ts'
import { refuse } from './refusal.ts'

/** Reads input by its schema; what is wrong is named by its path, never by its value. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const protocol = input && typeof input === 'object' && 'protocol' in input ? input.protocol : undefined
  if (typeof protocol === 'number' && protocol < protocolFloor) refuse('protocol/too-old')
  const parsed = schema.safeParse(input)
  if (!parsed.success) refuse('request/malformed', parsed.error.issues[0]?.path.join('.') || 'body')
  return parsed.data
}
