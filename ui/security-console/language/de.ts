import { devices } from './de/devices.ts'
import { emergency } from './de/emergency.ts'
import { frame } from './de/frame.ts'
import { highAvailability } from './de/high-availability.ts'
import { operations } from './de/operations.ts'
import { people } from './de/people.ts'
import { problems } from './de/problems.ts'
import { sentences } from './de/sentences.ts'
import { serverWords } from './de/server-words.ts'
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
  ...problems,
  ...sentences,
  ...highAvailability,
  ...words,
  words: { ...words.words, ...serverWords },
}
