/** A process of the RADIUS bench: an instance with so many users; prints its port and the users. */
import { startScratchPostgresql } from '@driftlock/sql/testing'
import { startRadiusInstance } from '../../interop/testing/radius-instance.ts'

const [engine = 'sqlite', count = '100', secret = ''] = process.argv.slice(2)
const postgresql = engine === 'postgresql' ? await startScratchPostgresql() : undefined
const database = await postgresql?.createDatabase()
const server = await startRadiusInstance(database === undefined ? {} : { database })
await server.setClient({}, secret)
const names = Array.from({ length: Number(count) }, (_, index) => `user${index}`)
const holders = await server.addHolders(names)
await server.instance.store.analyse()
const users = holders.map(({ username, pin, seed }) => ({ username, pin, seed: Buffer.from(seed).toString('hex') }))
globalThis.gc?.() // what filling left behind is not for log-ons to collect
console.log(JSON.stringify({ port: server.port, users }))
process.once('SIGTERM', () => {
  void server
    .close()
    .then(() => postgresql?.stop())
    .then(() => process.exit(0))
})
