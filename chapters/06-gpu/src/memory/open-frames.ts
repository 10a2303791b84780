import { Frame } from './frame.ts'

/**
 * The frames that are open, the innermost last. JavaScript does not say on whose behalf
 * code runs after an `await`. But it is known who opened a frame in the run of code
 * that goes on now, and whether a frame was opened in a run that surely belongs to
 * another.
 */
const open: Frame[] = []

/**
 * The frame that takes in what is made now: the innermost of those whose function is
 * running. Where all have given way, some function has gone on after an `await`. If
 * each frame surely lies inside the one before, it is the innermost frame's, in all
 * likelihood; else nobody can tell: what is made is left to the garbage collector, so
 * that functions that run side by side never free each other's memory.
 */
export function currentFrame(): Frame | undefined {
  const running = runningFrame()
  if (running) return running
  const waiting = open.filter(({ state }) => state === 'waiting')
  const nested = waiting.every((frame, n) => n === 0 || frame.parent === waiting[n - 1])
  return nested ? waiting.at(-1) : undefined
}

function runningFrame(): Frame | undefined {
  return open.findLast(({ state }) => state === 'running')
}

export function openFrame(): Frame {
  const frame = new Frame(runningFrame())
  open.push(frame)
  // Comes when all that runs now has given way, and before what is awaited from here.
  Promise.resolve().then(() => {
    frame.state = 'waiting'
  })
  return frame
}

/** Ends a frame, once; what it returns goes to the frame that surely lies around it. */
export function closeFrame(frame: Frame): void {
  const place = open.indexOf(frame)
  if (place < 0) return
  open.splice(place, 1)
  const { parent } = frame
  frame.end(parent && open.includes(parent) ? parent : undefined)
}
