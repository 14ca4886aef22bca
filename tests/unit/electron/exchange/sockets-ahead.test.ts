import net from 'node:net'
import { expect, test, vi } from 'vitest'
import { createSocketsAhead, type SocketDone } from '../../../../electron/exchange/sockets-ahead.ts'

const wrongServer = new Error('wrong server')
const place = { host: '127.0.0.1', port: 1 }

/** Handshakes that end when the test says so. */
function newAhead() {
  const sockets: net.Socket[] = []
  const done: SocketDone[] = []
  const connect = (_: unknown, told: SocketDone) => {
    const socket = new net.Socket()
    sockets.push(socket)
    done.push(told)
    return socket
  }
  const ahead = createSocketsAhead(connect, (error) => error === wrongServer)
  const taken: (net.Socket | Error)[] = []
  const take = () => ahead.take((error, socket) => void taken.push(error ?? socket ?? new Error('neither')))
  const succeed = (at: number) => done[at]?.(null, sockets[at])
  const fail = (at: number, error = new Error('reset')) => done[at]?.(error)
  return { ahead, sockets, taken, take, succeed, fail }
}

test('who takes gets the first that is ready, and the other waits as a spare for the next', () => {
  const { ahead, sockets, taken, take, succeed } = newAhead()
  ahead.open(place, 2)
  expect(take()).toBe(true)
  expect(ahead.hasSome()).toBe(true)
  succeed(1)
  expect(taken).toEqual([sockets[1]])
  succeed(0)
  expect(take()).toBe(true)
  expect(taken).toEqual([sockets[1], sockets[0]])
  expect(ahead.hasSome()).toBe(false)
  expect(take()).toBe(false)
})

test('one handshake that fails is no error while the other may succeed', () => {
  const { ahead, sockets, taken, take, succeed, fail } = newAhead()
  ahead.open(place, 2)
  take()
  fail(0)
  expect(taken).toEqual([])
  succeed(1)
  expect(taken).toEqual([sockets[1]])
})

test('when none is left to wait for, whoever waits hears why', () => {
  const { ahead, taken, take, fail } = newAhead()
  ahead.open(place, 2)
  take()
  take()
  expect(take()).toBe(false)
  fail(0, new Error('first'))
  fail(1, new Error('second'))
  expect(taken).toEqual([new Error('first'), new Error('second')])
  expect(ahead.hasSome()).toBe(false)
})

test('a wrong server is told at once, and what else was asked of it is given up', () => {
  const { ahead, sockets, taken, take, succeed, fail } = newAhead()
  ahead.open(place, 2)
  take()
  fail(0, wrongServer)
  expect(taken).toEqual([wrongServer])
  expect(sockets[1]?.destroyed).toBe(true)
  ahead.open(place, 1)
  take()
  // Of the former attempt.
  fail(1, wrongServer)
  expect(taken).toEqual([wrongServer])
  succeed(2)
  expect(taken).toEqual([wrongServer, sockets[2]])
})

test('a wrong server is told to whoever comes only then, once', () => {
  const { ahead, taken, take, fail } = newAhead()
  ahead.open(place, 2)
  fail(0, wrongServer)
  expect(take()).toBe(true)
  expect(taken).toEqual([wrongServer])
  expect(take()).toBe(false)
})

test('a spare that closes, or that nobody takes for a while, is not handed out', () => {
  const { ahead, sockets, take, succeed } = newAhead()
  ahead.open(place, 2)
  succeed(0)
  succeed(1)
  sockets[0]?.emit('close')
  expect(ahead.hasSome()).toBe(true)
  sockets[1]?.emit('timeout')
  expect(ahead.hasSome()).toBe(false)
  expect(sockets[1]?.destroyed).toBe(true)
  expect(take()).toBe(false)
})

test('a socket on which the server has spoken unasked, or that is ending, is thrown away', () => {
  const { ahead, sockets, taken, take, succeed } = newAhead()
  ahead.open(place, 2)
  const [spoken, ending] = sockets
  if (!spoken || !ending) throw new Error('no sockets')
  succeed(0)
  succeed(1)
  vi.spyOn(spoken, 'readableLength', 'get').mockReturnValue(9)
  vi.spyOn(ending, 'writable', 'get').mockReturnValue(false)
  expect(take()).toBe(false)
  expect(taken).toEqual([])
  expect(spoken.destroyed).toBe(true)
})

test('closed, it keeps nothing, and what arrives later goes too', () => {
  const { ahead, sockets, taken, take, succeed } = newAhead()
  ahead.open(place, 2)
  succeed(0)
  ahead.open(place, 1)
  take()
  take()
  ahead.close()
  expect(taken[0]).toBe(sockets[0])
  expect(taken[1]).toBeInstanceOf(Error)
  expect(sockets[1]?.destroyed).toBe(true)
  expect(sockets[2]?.destroyed).toBe(true)
  succeed(1)
  expect(ahead.hasSome()).toBe(false)
  ahead.open(place, 2)
  expect(sockets).toHaveLength(3)
  expect(take()).toBe(false)
})
