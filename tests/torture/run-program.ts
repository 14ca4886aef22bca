import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that tells no progress for so long hangs, perhaps in a loop that never gives way to a timer of its own. */
const longestSilenceMs = 180_000

/** Runs a bundled program of the attacks and answers its standard output; each line of its standard error is progress. */
export function runProgram(program: string, args: readonly string[], say: (line: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString()
    })
    const silence = setTimeout(() => {
      reject(new Error(`${program} told nothing for ${longestSilenceMs / 1000} s`))
      child.kill('SIGKILL')
    }, longestSilenceMs)
    createInterface({ input: child.stderr }).on('line', (line) => {
      silence.refresh()
      say(line)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(silence)
      if (code === 0) resolve(output)
      else reject(new Error(`${program} ended with ${code}`))
    })
  })
}
