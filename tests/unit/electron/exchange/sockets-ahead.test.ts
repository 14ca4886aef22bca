import net from 'node:net'
import { expect, test, vi } from 'vitest'
import { createSocketsAhead, type SocketDone } from '../../../../electron/exchange/sockets-ahead.ts'

const place = { host: '127.0.0.1', port: 1 }

/** Handshakes that end when the test says so. */
function newAhead() {
  const handshakes: SocketDone[] = []
  const ahead = createSocketsAhead((_, done) => void handshakes.push(done))
  const taken: (net.Socket | Error)[] = []
  const take = () => ahead.take((error, socket) => void taken.push(error ?? socket ?? new Error('neither')))
  const end = (at: number, ended: net.Socket | Error) => {
    if (ended instanceof Error) handshakes[at]?.(ended)
    else handshakes[at]?.(null, ended)
  }
  return { ahead, handshakes, taken, take, end }
}

test('who takes gets the first that is ready, and the other waits as a spare for the next', () => {
  const { ahead, taken, take, end } = newAhead()
  const [first, second] = [new net.Socket(), new net.Socket()]
  ahead.open(place, 2)
  expect(take()).toBe(true)
  expect(ahead.hasSome()).toBe(true)
  end(1, second)
  expect(taken).toEqual([second])
  end(0, first)
  expect(take()).toBe(true)
  expect(taken).toEqual([second, first])
  expect(ahead.hasSome()).toBe(false)
  expect(take()).toBe(false)
})

test('one handshake that fails is no error while the other may succeed', () => {
  const { ahead, taken, take, end } = newAhead()
  const second = new net.Socket()
  ahead.open(place, 2)
  take()
  end(0, new Error('reset'))
  expect(taken).toEqual([])
  end(1, second)
  expect(taken).toEqual([second])
})

test('when none is left to wait for, whoever waits hears why', () => {
  const { ahead, taken, take, end } = newAhead()
  ahead.open(place, 2)
  take()
  take()
  expect(take()).toBe(false)
  end(0, new Error('reset'))
  end(1, new Error('wrong key'))
  expect(taken).toEqual([new Error('reset'), new Error('wrong key')])
  expect(ahead.hasSome()).toBe(false)
})

test('a spare that closes, or that nobody takes for a while, is not handed out', () => {
  const { ahead, take, end } = newAhead()
  const [closing, idle] = [new net.Socket(), new net.Socket()]
  ahead.open(place, 2)
  end(0, closing)
  end(1, idle)
  closing.emit('close')
  expect(ahead.hasSome()).toBe(true)
  idle.emit('timeout')
  expect(ahead.hasSome()).toBe(false)
  expect(idle.destroyed).toBe(true)
  expect(take()).toBe(false)
})

test('a socket on which the server has spoken unasked is thrown away', () => {
  const { ahead, taken, take, end } = newAhead()
  const spoken = new net.Socket()
  ahead.open(place, 1)
  end(0, spoken)
  vi.spyOn(spoken, 'readableLength', 'get').mockReturnValue(9)
  expect(take()).toBe(false)
  expect(taken).toEqual([])
  expect(spoken.destroyed).toBe(true)
})

test('closed, it keeps nothing, and what arrives later goes too', () => {
  const { ahead, taken, take, end } = newAhead()
  const [spare, late] = [new net.Socket(), new net.Socket()]
  ahead.open(place, 2)
  end(0, spare)
  ahead.open(place, 1)
  take()
  take()
  ahead.close()
  expect(taken[0]).toBe(spare)
  expect(taken[1]).toBeInstanceOf(Error)
  end(1, late)
  expect(late.destroyed).toBe(true)
})
