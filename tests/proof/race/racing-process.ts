/** An instance in a process of its own: enters the passcodes it is sent. Run: `racing-process.ts DATA-FOLDER DATABASE NAME`. */
import { openInstance } from '../../../apps/driftlock/instance/open-instance.ts'
import { type Heat, runHere } from './racers.ts'

const [dataFolder = '', database = '', name = ''] = process.argv.slice(2)
const instance = await openInstance({ dataFolder, database, name, environment: {} })

process.on('message', (heat: Heat) => {
  void runHere(instance, heat).then((outcomes) => process.send?.(outcomes))
})
process.once('disconnect', () => void instance.close())
process.send?.('ready')
