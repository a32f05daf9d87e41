import { wrongUsage } from '../terminal/command-error.ts'

/** A whole number as typed, within bounds that the refusal names. For commander's option parsers. */
export function wholeNumber(what: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    throw wrongUsage(`${what}: "${text}" is no whole number from ${min} to ${max}.`)
  }
}
