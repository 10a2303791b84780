// All operations of layers and losses as functions…

export * from '@deepdive/nn/functional'

// …and those on images

export * from '@deepdive/conv/functional'
