import { useState } from 'react'
import type { z } from 'zod'
import { ApiProblem } from '../api/api-problem.ts'
import { type FieldFaultText, faultOf } from './field-fault.ts'

/** What one field of a form needs to be shown; give it to a field component of this folder. */
export interface BoundField<Value> {
  readonly name: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** Absent while the value is good or was not yet looked at. */
  readonly fault: FieldFaultText | undefined
  readonly required: boolean
  /** Longest text that the schema takes, where it has a limit. */
  readonly maxLength: number | undefined
  readonly min: number | undefined
  readonly max: number | undefined
}

export interface ContractForm<Values extends object> {
  readonly values: Values
  /** True once anything differs from what the form began with. */
  readonly changed: boolean
  readonly faults: Readonly<Record<string, FieldFaultText>>
  field<Name extends keyof Values & string>(name: Name): BoundField<Values[Name]>
  setValues(values: Partial<Values>): void
  /** Starts again from these values, or from the first ones. */
  reset(values?: Values): void
  /** Checks the values against the schema: what it makes of them, or undefined and the faults shown. */
  check(): Values | undefined
  /** Shows the field faults of a refused request; false where it names none of this form's fields. */
  showProblem(error: unknown): boolean
}

/** A form whose fields and limits are those of a contract schema. */
export function useContractForm<Shape extends z.ZodRawShape, Values extends z.input<z.ZodObject<Shape>> & object>(
  schema: z.ZodObject<Shape>,
  initial: Values,
): ContractForm<Values> {
  const [start, setStart] = useState(initial)
  const [values, setAll] = useState(initial)
  const [faults, setFaults] = useState<Readonly<Record<string, FieldFaultText>>>({})
  const setValues = (some: Partial<Values>) => {
    setAll((current) => ({ ...current, ...some }))
    setFaults((current) => without(current, Object.keys(some)))
  }
  const showFaults = (found: Readonly<Record<string, FieldFaultText>>) => {
    setFaults(found)
    return Object.keys(found).length > 0
  }
  return {
    values,
    faults,
    setValues,
    changed: JSON.stringify(values) !== JSON.stringify(start),
    field: (name) => ({
      name,
      value: values[name],
      fault: faults[name],
      // One key of Values with its own type.
      onChange: (value) => setValues({ [name]: value } as unknown as Partial<Values>),
      ...limitsOf(schema.shape[name]),
    }),
    reset: (next = start) => {
      setStart(next)
      setAll(next)
      setFaults({})
    },
    check: () => (showFaults(faultsIn(schema, values)) ? undefined : values),
    showProblem: (error) => showFaults(faultsOfProblem(error, Object.keys(schema.shape))),
  }
}

function faultsIn(schema: z.ZodObject, values: object): Record<string, FieldFaultText> {
  const result = schema.safeParse(values)
  if (result.success) return {}
  const given = new Map<string, unknown>(Object.entries(values))
  const faults = result.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '')
    return [name, faultOf(issue, given.get(name))] as const
  })
  return Object.fromEntries(faults.toReversed())
}

function faultsOfProblem(error: unknown, names: readonly string[]): Record<string, FieldFaultText> {
  if (!(error instanceof ApiProblem)) return {}
  const paths = error.faults.map((fault) => fault.path.split(/[./]/).find((part) => names.includes(part)))
  return Object.fromEntries(paths.filter((name) => name !== undefined).map((name) => [name, { key: 'format' }]))
}

interface SchemaFacts {
  safeParse(value: unknown): { success: boolean }
  maxLength?: number | null
  minValue?: number | null
  maxValue?: number | null
}

function limitsOf(schema: unknown) {
  const facts: SchemaFacts = schema as SchemaFacts // zod keeps the limits of every kind of schema under these names
  return {
    required: !facts.safeParse(undefined).success && !facts.safeParse('').success,
    maxLength: facts.maxLength ?? undefined,
    min: facts.minValue ?? undefined,
    max: facts.maxValue ?? undefined,
  }
}

function without(faults: Readonly<Record<string, FieldFaultText>>, names: readonly string[]) {
  return Object.fromEntries(Object.entries(faults).filter(([name]) => !names.includes(name)))
}
