/** The shape of a text area: English must answer every key that Vietnamese has. */
export type TextShape<T> = { readonly [K in keyof T]: T[K] extends string ? string : TextShape<T[K]> }

/** Every dotted path to a text: `workList.title`. */
export type TextPath<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${TextPath<T[K]>}`
}[keyof T & string]
