// caught by: nothing
import { used } from '../shared/used-by-main.ts'
import { answer } from './clean.ts'
import './ipc/handlers.ts'

process.stdout.write(`${answer}${used}`)
