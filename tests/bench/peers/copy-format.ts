/** Lines as they are: JSON holds no control characters, so that nothing has to be quoted or escaped. */
export const copyFormat = `(format csv, quote e'\\x01', delimiter e'\\x02')`
