// caught by: biome lint/style/noNamespace
export namespace Inner {
  export const one = 1
}
