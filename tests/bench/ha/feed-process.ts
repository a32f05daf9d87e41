/**
 * Plays a cloud of RECORDS records for the bench, in a process of its own so that its memory and work are not the manager's.
 * Believes every request and signs every answer. `POST /changed?count=N` lets so many records change.
 * Arguments: RECORDS. Says its port and registration code in one line of JSON.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { answerSigner, cloudCipher, publicKeyText } from '@driftlock/cloud-keys'
import { ANSWER_HEADER, managerCalls, REQUEST_HEADER, signingJwk } from '@driftlock/contracts'
import { FIRST_CHANGE_MS, RecordMaker } from './sealed-feed.ts'

const recordCount = Number(process.argv[2])
/** Changed records lie so far apart. */
const APART = 7919

const signing = await cloudCipher.newSigningKey()
const signer = await answerSigner(signing.key.id, signing.privateKey)
let maker: RecordMaker | undefined
let changed = 0

const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('base64url')

function standing() {
  return {
    companyId: 'bench',
    companyName: 'Bench',
    haEnabled: true,
    cloudKeys: [{ key: signingJwk.parse(JSON.parse(signing.key.jwk)), validUntilMs: null }],
    serverTimeMs: Date.now(),
  }
}

/** The records of a page are those of a stretch of the feed: all as they were first, then those that changed. */
function feed(query: URLSearchParams) {
  const after = query.get('after') ?? '0'
  const from = after === '0' ? 0 : Number(after.split('.', 1)[0]) - FIRST_CHANGE_MS + 1
  const to = Math.min(from + Number(query.get('limit')), recordCount + changed)
  const records = []
  for (let place = from; place < to; place++) {
    const number = place < recordCount ? place + 1 : (((place - recordCount) * APART) % recordCount) + 1
    const step = place < recordCount ? null : String(place)
    const record = maker?.record(number, FIRST_CHANGE_MS + place, step)
    if (record !== undefined) records.push(record)
  }
  const last = records.at(-1)
  const nextMarker = last === undefined ? after : `${last.changeTimeMs}.${last.recordId}`
  return { companyId: 'bench', records, nextMarker, hasMore: to < recordCount + changed, serverTimeMs: Date.now() }
}

async function answerTo(url: URL, request: IncomingMessage): Promise<unknown> {
  const body = Buffer.concat(await request.toArray()).toString('utf8')
  switch (url.pathname) {
    case managerCalls.register.path: {
      const { sealingKey } = managerCalls.register.body.parse(JSON.parse(body))
      maker = new RecordMaker('bench', { jwk: sealingKey, kid: (await publicKeyText(sealingKey)).id })
      return { managerId: 'bench', ...standing() }
    }
    case managerCalls.status.path:
      return { ...standing(), recordCount, latestMarker: `${FIRST_CHANGE_MS + recordCount + changed - 1}.-` }
    case managerCalls.feed.path:
      return feed(url.searchParams)
    case managerCalls.reportSteps.path:
      return { applied: 0, behind: 0, unknown: [] }
    case '/changed':
      changed += Number(url.searchParams.get('count'))
      return {}
    default:
      throw new Error(`${url.pathname} is not played.`)
  }
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await answerTo(new URL(request.url ?? '/', 'http://127.0.0.1'), request)
  const body = JSON.stringify(answer)
  const requestSha256 = digest(String(request.headers[REQUEST_HEADER] ?? ''))
  const claims = { requestSha256, status: 200, bodySha256: digest(body), iat: Math.floor(Date.now() / 1000) }
  response.writeHead(200, { [ANSWER_HEADER]: await signer.sign(claims), 'content-type': 'application/json' })
  response.end(body)
}

const server = createServer((request, response) => void serve(request, response))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const code = `${'A'.repeat(43)}.${signing.key.id}`
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}`, code })}\n`)
})
