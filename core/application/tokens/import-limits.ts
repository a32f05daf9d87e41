import { MS_PER_SECOND, OFFSET_CAP_MS } from '@driftlock/domain'
import { FormatError, type FormatName, type OathToken, type SdtidToken } from '@driftlock/formats'
import type { FormatToken } from './import-formats.ts'

/** The store keeps steps in 63 bits; the rest of the way is left for the token to be used. */
const HIGHEST_COUNTER = 2n ** 62n
/** Half a day, the reach of a resynchronisation: whatever is further off is found by nothing. */
const REACH_SECONDS = OFFSET_CAP_MS / MS_PER_SECOND

interface Fault {
  readonly field: string
  readonly text: string
}

interface ImportPlaceInFile {
  readonly format: FormatName
  readonly line: number
}

/** Why a token that its format allows cannot serve here; undefined = it can. The text names the field and says what to do. */
export function refusedByLimits(from: FormatToken, { format, line }: ImportPlaceInFile): FormatError | undefined {
  const fault = faultOf(from)
  if (fault === undefined) return undefined
  const record = { number: line, serial: from.token.serial }
  const text = `Record ${line}, ${fault.field}: ${fault.text}`
  return new FormatError({ format, code: 'limit-exceeded', record, field: fault.field }, text)
}

function faultOf(from: FormatToken): Fault | undefined {
  switch (from.from) {
    case 'oath':
      return counterFault(from.token) ?? driftFault(from.token)
    case 'sdtid':
      return windowFault(from.token)
    case 'ctf':
      return undefined
  }
}

function counterFault({ counter }: OathToken): Fault | undefined {
  if (counter <= HIGHEST_COUNTER) return undefined
  const text =
    'it is above 2^62, where no token that is used has ever come. Ask the maker for the counter it stands at.'
  return { field: 'counter', text }
}

function driftFault({ timeDriftSteps = 0, intervalSeconds }: OathToken): Fault | undefined {
  if (Math.abs(timeDriftSteps) * intervalSeconds <= REACH_SECONDS) return undefined
  const text = 'the token would be more than 12 hours off. Leave the drift out, and resynchronise the token.'
  return { field: 'TimeDrift', text }
}

function windowFault(token: SdtidToken): Fault | undefined {
  const windows = [
    { field: 'SmallWin', seconds: token.smallWindowSeconds },
    { field: 'MediumWin', seconds: token.mediumWindowSeconds },
    { field: 'LargeWin', seconds: token.largeWindowSeconds },
  ]
  const beyond = windows.find(({ seconds = 0 }) => seconds > REACH_SECONDS)
  if (beyond === undefined) return undefined
  return {
    field: beyond.field,
    text: 'it is beyond 43,200 seconds (12 hours). Ask the maker for a file with other windows.',
  }
}
