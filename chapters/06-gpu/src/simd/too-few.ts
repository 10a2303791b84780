/**
 * Of each kernel, how much work is too little to be worth the copying, as measured: what
 * is smaller is left to the plain kernel. Tests set all to 0, so that the fast ways are
 * taken for what is small, too.
 */
export const tooFew = {
  /** multiplications */
  matmul: 2048,
  /** multiplications, in all and with each number that is copied, on threads */
  matmulOnThreads: 1 << 20,
  usesOnThreads: 8,
  convOnThreads: 1 << 23,
  /** numbers, for functions of an instruction or two, and for all others */
  shortFunction: 1024,
  longFunction: 256,
  functionOnThreads: 1 << 16,
  /** numbers */
  arithmetic: 1024,
  copy: 1024,
  /** rows, or columns, that change places */
  turned: 8,
  /** numbers */
  reduce: 1024,
  pick: 1024,
  windows: 1024,
  steps: 1024,
}
