/** Where free memory begins: below lie the constants of this module. */
export function heapBase(): i32 {
  return __heap_base
}
