// Data sets, what reads them, and what turns them into batches

export {}
