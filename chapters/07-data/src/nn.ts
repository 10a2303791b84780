// What models are built of…
export * from '@deepdive/nn'

// …and what chapter 5 adds to it for images.
export * from '@deepdive/conv'
export * as functional from './functional.ts'
