import net from 'node:net'
import { expect, test, vi } from 'vitest'
import { createSocketsAhead, type SocketDone } from '../../../../electron/exchange/sockets-ahead.ts'

const wrongServer = new Error('wrong server')
const place = { host: '127.0.0.1', port: 1 }

/** Handshakes that end when the test says so. */
function newAhead() {
  const handshakes: SocketDone[] = []
  const begun: net.Socket[] = []
  const connect = (_: unknown, done: SocketDone) => {
    handshakes.push(done)
    const socket = new net.Socket()
    begun.push(socket)
    return socket
  }
  const ahead = createSocketsAhead(connect, (error) => error === wrongServer)
  const taken: (net.Socket | Error)[] = []
  const take = () => ahead.take((error, socket) => void taken.push(error ?? socket ?? new Error('neither')))
  const end = (at: number, ended: net.Socket | Error) => {
    if (ended instanceof Error) handshakes[at]?.(ended)
    else handshakes[at]?.(null, ended)
  }
  return { ahead, begun, taken, take, end }
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

test('a wrong server is told at once, though another handshake may succeed; also to whoever comes only then', () => {
  const { ahead, taken, take, end } = newAhead()
  ahead.open(place, 2)
  take()
  end(0, wrongServer)
  expect(taken).toEqual([wrongServer])
  end(1, new Error('reset'))
  ahead.open(place, 2)
  end(2, wrongServer)
  end(3, new Error('reset'))
  expect(take()).toBe(true)
  expect(taken).toEqual([wrongServer, wrongServer])
  expect(take()).toBe(false)
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

test('a socket on which the server has spoken unasked, or that is ending, is thrown away', () => {
  const { ahead, taken, take, end } = newAhead()
  const [spoken, ending] = [new net.Socket(), new net.Socket()]
  ahead.open(place, 2)
  end(0, spoken)
  end(1, ending)
  vi.spyOn(ending, 'writable', 'get').mockReturnValue(false)
  vi.spyOn(spoken, 'readableLength', 'get').mockReturnValue(9)
  expect(take()).toBe(false)
  expect(taken).toEqual([])
  expect(spoken.destroyed).toBe(true)
})

test('closed, it keeps nothing, and what arrives later goes too', () => {
  const { ahead, begun, taken, take, end } = newAhead()
  const [spare, late] = [new net.Socket(), new net.Socket()]
  ahead.open(place, 2)
  end(0, spare)
  ahead.open(place, 1)
  take()
  take()
  ahead.close()
  expect(taken[0]).toBe(spare)
  expect(taken[1]).toBeInstanceOf(Error)
  expect(begun.every((socket) => socket.destroyed)).toBe(true)
  end(1, late)
  expect(late.destroyed).toBe(true)
  ahead.open(place, 2)
  expect(begun).toHaveLength(3)
  expect(take()).toBe(false)
})
