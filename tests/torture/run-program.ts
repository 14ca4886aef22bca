import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

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
    createInterface({ input: child.stderr }).on('line', say)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${program} ended with ${code}`))
    })
  })
}
