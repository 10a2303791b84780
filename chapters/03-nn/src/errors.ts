import { DeepDiveError } from '@deepdive/tensor'

/** A state dict that does not fit the module it is loaded into. */
export class StateDictError extends DeepDiveError {}
