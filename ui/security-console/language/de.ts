import { devices } from './de/devices.ts'
import { emergency } from './de/emergency.ts'
import { frame } from './de/frame.ts'
import { highAvailability } from './de/high-availability.ts'
import { operations } from './de/operations.ts'
import { people } from './de/people.ts'
import { tokenActs } from './de/token-acts.ts'
import { tokens } from './de/tokens.ts'
import { words } from './de/words.ts'

export const texts = {
  ...frame,
  ...people,
  ...tokens,
  ...tokenActs,
  ...emergency,
  ...devices,
  ...operations,
  ...highAvailability,
  ...words,
}
