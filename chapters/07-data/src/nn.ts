// What models are built of…

export * from '@deepdive/nn'

// …what chapter 5 adds to it for images, and the operations of both as functions

export * from '@deepdive/conv'
export * as functional from './functional.ts'
