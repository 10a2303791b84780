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
export { type ParquetOptions, parquet } from './parquet/parquet.ts'
export { ParquetDataset } from './parquet/parquet-dataset.ts'
export { ParquetStream } from './parquet/parquet-stream.ts'
export type { ParquetRow, ParquetValue } from './parquet/row.ts'
export type { HuggingFaceOptions } from '../hub/options.ts'
export { huggingFace } from '../hub/hugging-face.ts'
export { readText } from './text/read-text.ts'
export { Characters } from './text/characters.ts'
export { TextWindows, type TextWindowsOptions } from './text/text-windows.ts'
export type { RawDecoder } from '../images/raw-image.ts'
export { type DecodeImageOptions, decodeImage } from '../images/decode-image.ts'
export type { Channels } from '../images/with-channels.ts'
export {
  ImageFolder,
  type ImageFile,
  type ImageFolderOptions,
  imageFolder,
} from './image-folder.ts'
