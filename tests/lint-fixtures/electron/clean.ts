// caught by: nothing
import path from 'node:path'

export const answer = path.sep
