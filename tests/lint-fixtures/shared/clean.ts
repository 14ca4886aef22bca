// caught by: nothing
import { z } from 'zod'

export const greetingSchema = z.object({ words: z.string() })
