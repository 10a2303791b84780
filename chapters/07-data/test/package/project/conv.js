import { nn, zeros } from 'deepdive'

const layers = new nn.Sequential(new nn.Conv2d(1, 2, 3), new nn.MaxPool2d(2))
console.log(String(layers.forward(zeros([1, 1, 6, 6])).shape))
