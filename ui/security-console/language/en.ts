import { devices } from './en/devices.ts'
import { emergency } from './en/emergency.ts'
import { frame } from './en/frame.ts'
import { highAvailability } from './en/high-availability.ts'
import { operations } from './en/operations.ts'
import { people } from './en/people.ts'
import { problems } from './en/problems.ts'
import { tokenActs } from './en/token-acts.ts'
import { tokens } from './en/tokens.ts'

export const texts = {
  ...frame,
  ...people,
  ...tokens,
  ...tokenActs,
  ...emergency,
  ...devices,
  ...operations,
  ...problems,
  ...highAvailability,
} as const
