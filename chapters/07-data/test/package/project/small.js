import { nn, tensor } from 'deepdive'

console.log(String(new nn.Linear(2, 1).forward(tensor([[1, 2]])).shape))
