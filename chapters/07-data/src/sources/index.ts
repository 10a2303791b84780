export type { Place } from './place.ts'
export { type Idx, readIdx } from './idx.ts'
export { type LabeledBytes, LabeledImages } from './labeled-images.ts'
export type { Folder } from './folder.ts'
export { fashionMnist, kmnist, type MnistOptions, mnist } from './mnist.ts'
export { type EmnistOptions, emnist } from './emnist.ts'
export type { ColumnType } from './csv/column-type.ts'
export type { Column } from './csv/column.ts'
export { type Row, Table } from './table.ts'
export type {
  ColumnOption,
  ColumnOptions,
  CsvOptions,
  FilledColumn,
  RowOf,
} from './csv/options.ts'
export { csv } from './csv/csv.ts'
export type { RawDecoder } from '../images/raw-image.ts'
export { type DecodeImageOptions, decodeImage } from '../images/decode-image.ts'
export type { Channels } from '../images/with-channels.ts'
export {
  ImageFolder,
  type ImageFile,
  type ImageFolderOptions,
  imageFolder,
} from './image-folder.ts'
