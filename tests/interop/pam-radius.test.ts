import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Dialogue, type ExpectedQuestion, expectDialogue } from './testing/expect-dialogue.ts'
import { makePamService, type PamService } from './testing/pam-service.ts'
import { type RadiusInstance, SECRET, startRadiusInstance } from './testing/radius-instance.ts'
import { oathtoolCode } from './testing/token-programs.ts'

let server: RadiusInstance
let service: PamService

beforeAll(async () => {
  server = await startRadiusInstance()
  service = makePamService('pamtester', server.port, SECRET)
})
afterAll(async () => {
  service.remove()
  await server.close()
})
beforeEach(() => server.setClient())

function logOn(username: string, questions: readonly ExpectedQuestion[]): Promise<Dialogue> {
  return expectDialogue(['pamtester', service.name, username, 'authenticate'], questions)
}

const first = (answer: string) => ({ text: 'Password: ', answer })

it('lets in with PIN and tokencode', async () => {
  const ada = await server.addHolder('ada')
  const { screen, status } = await logOn('ada', [first(ada.pin + oathtoolCode(ada))])
  expect(screen).toContain('successfully authenticated')
  expect(status).toBe(0)
})

it('keeps out with a wrong passcode', async () => {
  await server.addHolder('bob')
  const { screen, status } = await logOn('bob', [first('4837000000')])
  expect(screen).toContain('Authentication failure')
  expect(status).not.toBe(0)
})

it('shows the question for the next tokencode and takes it', async () => {
  const cleo = await server.addHolder('cleo', { badTokencodeCount: 3 })
  const { status, screen } = await logOn('cleo', [
    first(cleo.pin + oathtoolCode(cleo)),
    { text: 'Wait for the tokencode to change, then enter the new tokencode: ', answer: oathtoolCode(cleo, 1) },
  ])
  expect({ status, screen }).toMatchObject({ status: 0 })
  expect(await server.reasons('cleo')).toEqual(['next-tokencode-after-bad-codes', 'next-tokencode-accepted'])
})

it('leads through a new PIN, with a bad PIN and a mismatch first', async () => {
  const dan = await server.addHolder('dan', { pin: '' })
  const { status, screen } = await logOn('dan', [
    first(oathtoolCode(dan)),
    { text: 'Enter your new PIN of 4 to 8 digits: ', answer: '1234' },
    { text: 'PIN rejected: ', answer: '5937' },
    { text: 'Please re-enter new PIN: ', answer: '5938' },
    { text: 'Pins do not match--Please try again.', answer: '5937' },
    { text: 'Please re-enter new PIN: ', answer: '5937' },
    { text: 'Enter PASSCODE: ', answer: `5937${oathtoolCode(dan, 1)}` },
  ])
  expect({ status, screen }).toMatchObject({ status: 0 })
  // Nothing that was typed came back on the screen.
  expect(screen).not.toContain('5937')
  expect((await logOn('dan', [first(`5937${oathtoolCode(dan, 2)}`)])).status).toBe(0)
})
