// Brings the SIMD kernels of chapter 6 into a bundle, by `import 'deepdive/simd'`, as a
// bundler leaves out what nothing seems to use. `fit`, `scope` and `device` bring them too,
// and without a bundler they are always there.
import '@deepdive/gpu'
