// y = a² + 3ab + b², and how it changes with a and with b.
import { tensor, toDot } from '@deepdive/autograd'

const a = tensor(2, { requiresGrad: true })
const b = tensor(3, { requiresGrad: true })

const y = a.pow(2).add(a.mul(b).mul(3)).add(b.pow(2)) // a² + 3ab + b²

const graph = toDot(y) // y.backward() lets go of the graph
y.backward()

console.log(`y      = ${y.item()}`)
console.log(`a.grad = ${a.grad?.item()}`) // 2a + 3b
console.log(`b.grad = ${b.grad?.item()}`) // 3a + 2b

console.log('\nHow y was made, for Graphviz (dot -Tsvg):\n')
console.log(graph)
