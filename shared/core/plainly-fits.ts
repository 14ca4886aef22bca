import type { z } from 'zod'

/** True only for what the schema would give back as it is; what is unclear here is left to the schema. */
export type PlainCheck = (value: unknown) => boolean

/**
 * Makes a quick check of a schema once, for messages that come by the thousand and are nearly always right.
 * ```
 * value ─► plain check ─┬─► true: the schema accepts it and would change nothing in it
 *                       └─► false: ask the schema, which says what is wrong, drops unknown keys, and so on
 * ```
 * 1. It never says true where the schema would refuse or change something; a property test holds it to that.
 * 2. What it does not know (a transformation, a default, a kind of check) it answers with false.
 * 3. It is for values as `JSON.parse` and structured cloning make them: no getters, and what is no plain object is left alone.
 */
export function plainCheckOf(schema: z.ZodType): PlainCheck {
  return checkOf(schema as unknown as Inner)
}

/** As much of a schema's definition as is looked at. */
interface Inner {
  readonly _zod: { readonly def: Definition }
}
interface Definition {
  readonly type: string
  readonly checks?: readonly Inner[]
  readonly coerce?: boolean
  readonly shape?: Readonly<Record<string, Inner>>
  readonly catchall?: Inner
  readonly element?: Inner
  readonly keyType?: Inner
  readonly valueType?: Inner
  readonly innerType?: Inner
  readonly options?: readonly Inner[]
  readonly discriminator?: string
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, unknown>>
  readonly check?: string
  readonly format?: string
  readonly pattern?: RegExp
  readonly maximum?: number
  readonly minimum?: number
  readonly value?: number
  readonly inclusive?: boolean
  readonly fn?: (value: unknown) => unknown
}

const never: PlainCheck = () => false

function checkOf({ _zod: { def } }: Inner): PlainCheck {
  if (def.coerce) return never
  const own = def.check === undefined ? [] : [ruleOf(def)]
  const rules = [...own, ...(def.checks ?? []).map(({ _zod }) => ruleOf(_zod.def))]
  return all([shapeCheckOf(def), ...rules])
}

function shapeCheckOf(def: Definition): PlainCheck {
  switch (def.type) {
    case 'unknown':
      return () => true
    // Its own rule is all there is to it.
    case 'custom':
      return def.fn ? () => true : never
    case 'string':
      return (value) => typeof value === 'string'
    case 'boolean':
      return (value) => typeof value === 'boolean'
    case 'number':
      return (value) => Number.isFinite(value)
    case 'literal':
      return (value) => def.values?.includes(value) ?? false
    case 'enum': {
      const values = new Set(Object.values(def.entries ?? {}))
      return (value) => values.has(value)
    }
    case 'optional':
      return def.innerType ? checkOf(def.innerType) : never
    case 'array': {
      const element = def.element ? checkOf(def.element) : never
      return (value) => Array.isArray(value) && value.every(element)
    }
    case 'record':
      return recordCheckOf(def)
    case 'object':
      return objectCheckOf(def)
    case 'union':
      return unionCheckOf(def)
    default:
      return never
  }
}

function recordCheckOf({ keyType, valueType }: Definition): PlainCheck {
  if (!keyType || !valueType || keyType._zod.def.type !== 'string') return never
  const fitsKey = checkOf(keyType)
  const fitsValue = checkOf(valueType)
  return (value) => {
    if (!isObject(value)) return false
    for (const key in value) if (key === '__proto__' || !fitsKey(key) || !fitsValue(value[key])) return false
    return true
  }
}

function objectCheckOf({ shape = {}, catchall }: Definition): PlainCheck {
  const known = Object.entries(shape).map(([key, schema]) => {
    return { key, fits: checkOf(schema), isOptional: schema._zod.def.type === 'optional' }
  })
  const takesOthers = catchall?._zod.def.type === 'unknown'
  return (value) => {
    if (!isObject(value)) return false
    let present = 0
    for (const { key, fits, isOptional } of known) {
      const field = value[key]
      if (field === undefined ? !isOptional : !fits(field)) return false
      if (field !== undefined || key in value) present += 1
    }
    // What the schema does not name it would drop.
    for (const key in value) {
      if (key === '__proto__') return false
      present -= 1
    }
    return present === 0 || (takesOthers && present < 0)
  }
}

/** Of a union only those told apart by a key: each value then fits one option at most. */
function unionCheckOf({ discriminator, options = [] }: Definition): PlainCheck {
  if (discriminator === undefined) return never
  const checks = options.map(checkOf)
  return (value) => checks.some((fits) => fits(value))
}

function ruleOf(def: Definition): PlainCheck {
  const { check, format, pattern, maximum = 0, minimum = 0, value: limit = 0, fn } = def
  switch (check) {
    case 'max_length':
      return (value) => (value as { readonly length: number }).length <= maximum
    case 'min_length':
      return (value) => (value as { readonly length: number }).length >= minimum
    case 'greater_than':
      return def.inclusive ? (value) => (value as number) >= limit : (value) => (value as number) > limit
    case 'less_than':
      return def.inclusive ? (value) => (value as number) <= limit : (value) => (value as number) < limit
    case 'number_format':
      return format === 'safeint' ? Number.isSafeInteger : never
    case 'string_format':
      return format === 'regex' && pattern && !pattern.global && !pattern.sticky
        ? (value) => pattern.test(value as string)
        : never
    case 'custom':
      return fn ? (value) => Boolean(fn(value)) : never
    default:
      return never
  }
}

/** Most values have one check or two. */
function all([first = never, second, ...others]: readonly PlainCheck[]): PlainCheck {
  if (!second) return first
  const rest = others.length === 0 ? second : all([second, ...others])
  return (value) => first(value) && rest(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
