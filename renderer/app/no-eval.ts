import { config } from 'zod'

// Zod would probe `new Function`; the content security policy forbids it and reports even a caught try.
config({ jitless: true })
