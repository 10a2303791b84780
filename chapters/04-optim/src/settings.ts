import { Tensor } from '@deepdive/autograd'
import { checkNames, formatShape, ValueError } from '@deepdive/tensor'
import { readItems } from './read-parameters.ts'

/** What can be set for a group of parameters. */
export type OptionValue = number | boolean | readonly number[]

/** What every optimizer lets you set, for all parameters or for a group of them. */
export interface OptimizerOptions {
  /** The learning rate, how far a step goes. */
  readonly lr?: number
  /** λ, how strongly parameters are drawn towards 0. */
  readonly weightDecay?: number
  /** Climb instead of descending. Default: false. */
  readonly maximize?: boolean
}

/** Options with all their values, which may be changed between steps. */
export type Settings<Options = OptimizerOptions> = {
  -readonly [Name in keyof Options]-?: Options[Name]
}

/** What an optimizer's settings are to the code that all optimizers share. */
export type AnySettings = Settings & Record<string, OptionValue>

/** Parameters that are stepped alike, by settings of their own. */
export type ParamGroup<Own extends Settings = Settings> = Own & {
  params: Tensor[]
  /** The learning rate that a schedule started from. */
  initialLr?: number
}

/** A group as an optimizer takes it: options left out are the optimizer's. */
export type ParamGroupOptions<Own extends Settings = Settings> = Readonly<
  Partial<Own>
> & { readonly params: Tensor | Iterable<Tensor> }

/** What an optimizer is to change: parameters, or groups of them. */
export type OptimizerParameters<Own extends Settings = Settings> =
  | Iterable<Tensor>
  | Iterable<ParamGroupOptions<Own>>

/** Tells a list of parameters from a list of groups; one of the two is empty. */
export function sortItems<Own extends Settings>(
  owner: string,
  parameters: OptimizerParameters<Own>,
): { tensors: Tensor[]; groups: ParamGroupOptions<Own>[] } {
  const tensors: Tensor[] = []
  const groups: ParamGroupOptions<Own>[] = []
  const items = readItems<Tensor | ParamGroupOptions<Own>>(owner, parameters)
  for (const item of items) {
    if (item instanceof Tensor) tensors.push(item)
    else if ('params' in Object(item)) groups.push(item)
  }
  if ([tensors.length, groups.length].includes(items.length)) return { tensors, groups }
  throw new ValueError(
    `${owner}: pass either a list of tensors, as model.parameters(), or a list of ` +
      'groups, as [{ params: model.parameters(), lr: 0.1 }]',
  )
}

/** What a group has besides settings. */
const besides = ['params', 'initialLr']

/** Refuses an option that the optimizer does not know. */
export function checkSettings(owner: string, options: object, known: object): void {
  const own = Object.entries(options).filter(([name]) => !besides.includes(name))
  checkNames(owner, Object.fromEntries(own), known)
}

/** Refuses tensors that cannot be stepped, or would be twice; `taken` are in groups. */
export function checkParameters(
  owner: string,
  parameters: readonly Tensor[],
  taken: readonly Tensor[],
): void {
  const seen = new Set(taken)
  for (const parameter of parameters) {
    checkParameter(owner, parameter, seen.size)
    if (seen.has(parameter)) {
      throw new ValueError(
        `${owner}: a parameter of ${formatShape(parameter.shape)} is there twice, so ` +
          'it would be stepped twice: pass it once',
      )
    }
    seen.add(parameter)
  }
}

/** `number` counts through all groups. */
function checkParameter(owner: string, parameter: Tensor, number: number): void {
  const which = `${owner}: parameter ${number} of ${formatShape(parameter.shape)}`
  if (!parameter.isLeaf) {
    throw new ValueError(
      `${which} was made by ${parameter.node?.op.name}: a step would not reach what ` +
        'it was made from: pass the leaves of the graph',
    )
  }
  if (!parameter.requiresGrad) {
    throw new ValueError(
      `${which} requires no gradient, so it would never change: set requiresGrad, or ` +
        'leave it out',
    )
  }
}
