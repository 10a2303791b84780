import { data } from 'deepdive'
import { watchWorkers } from './watch-workers.js'

/** The middles of a PNG and a JPEG that workers decode, from 0 to 1, in hundredths. */
export async function decodeInWorkers() {
  const files = await Promise.all([fileOf('png', '#336699'), fileOf('jpeg', '#cc0033')])
  const pictures = await data.imageFolder(files)
  const workers = watchWorkers()
  const middles = []
  for await (const [images] of new data.DataLoader(pictures, { numWorkers: 2 })) {
    middles.push(images.at(0, '...', 4, 4).mul(100).round().toArray())
  }
  return { workers: workers.started.length, middles }
}

/** An image file of one colour, chosen from a folder of a folder. */
async function fileOf(format, color) {
  const canvas = new OffscreenCanvas(8, 8)
  const context = canvas.getContext('2d')
  context.fillStyle = color
  context.fillRect(0, 0, 8, 8)
  const type = `image/${format}`
  const blob = await canvas.convertToBlob({ type, quality: 1 })
  const file = new File([blob], `one.${format}`, { type })
  return Object.defineProperty(file, 'webkitRelativePath', {
    value: `pictures/${format}/${file.name}`,
  })
}
