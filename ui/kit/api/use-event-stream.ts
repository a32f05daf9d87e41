import type { Endpoint } from '@driftlock/contracts'
import { useEffect, useEffectEvent, useState } from 'react'
import type { CallInput } from './api-client.ts'
import { pathOf } from './endpoint-path.ts'

export type StreamState = 'connecting' | 'open' | 'lost'

/** Whatever can read one event: every contract schema does. */
interface EventSchema<Event> {
  parse(value: unknown): Event
}

interface StreamOptions<E extends Endpoint, Event> {
  readonly input: CallInput<E>
  readonly schema: EventSchema<Event>
  readonly onEvent: (event: Event) => void
  /** Name of the events; the unnamed ones where absent. */
  readonly name?: string
  readonly enabled?: boolean
}

/**
 * Listens to server-sent events while the component is shown. The browser connects again by itself, with
 * Last-Event-ID; an event of another form is left out.
 */
export function useEventStream<E extends Endpoint, Event>(endpoint: E, options: StreamOptions<E, Event>): StreamState {
  const [state, setState] = useState<StreamState>('connecting')
  const path = pathOf(endpoint.path, options.input)
  const { name = 'message', enabled = true } = options
  const onMessage = useEffectEvent((data: string) => {
    const event = readEvent(options.schema, data)
    if (event !== undefined) options.onEvent(event)
  })
  useEffect(() => {
    if (!enabled) return undefined
    const source = new EventSource(path)
    source.addEventListener('open', () => setState('open'))
    source.addEventListener('error', () => setState('lost'))
    source.addEventListener(name, (message: MessageEvent<string>) => onMessage(message.data))
    return () => {
      source.close()
    }
  }, [path, name, enabled])
  return state
}

function readEvent<Event>(schema: EventSchema<Event>, data: string): Event | undefined {
  try {
    return schema.parse(JSON.parse(data))
  } catch {
    return undefined
  }
}
