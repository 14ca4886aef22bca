// caught by: biome lint/style/noEnum
export enum Colour {
  Red = 'red',
}
