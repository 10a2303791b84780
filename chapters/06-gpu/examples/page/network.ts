import { noGrad, type Tensor } from '@deepdive/autograd'
import { scope } from '@deepdive/gpu'
import { functional as F, Linear, ReLU, Sequential } from '@deepdive/nn'
import { Adam } from '@deepdive/optim'
import type { Digits } from './digits.ts'

/** The network of chapter 4's digits, and what trains it; on any device the same. */
export class Network {
  readonly #model = new Sequential(
    new Linear(784, 256),
    new ReLU(),
    new Linear(256, 10),
  )
  readonly #optimizer = new Adam(this.#model.parameters(), { lr: 3e-3 })

  /** One step down the slope of the loss on the digits at `places`; gives the loss. */
  learn({ images, labels }: Digits, places: Tensor): Promise<number> {
    return scope(async () => {
      this.#optimizer.zeroGrad()
      const guesses = this.#model.forward(images.indexSelect(0, places))
      const loss = F.crossEntropy(guesses, labels.indexSelect(0, places))
      loss.backward()
      this.#optimizer.step()
      return (await loss.cpu()).item()
    })
  }

  /** What it takes each image for. */
  read(images: Tensor): Promise<ArrayLike<number>> {
    return scope(async () => {
      const guesses = noGrad(() => this.#model.forward(images).argmax(1))
      return (await guesses.cpu()).toTypedArray()
    })
  }
}
