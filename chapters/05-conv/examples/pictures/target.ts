import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { fail } from '../../../04-optim/examples/digits/flags.ts'

/** Ends a job that could not write its file at the end, before it works for nothing. */
export function checkFile(job: string, file: string): void {
  checkFolder(job, dirname(file))
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    fail(job, `${file} is a folder: name a file to write to`)
  }
}

/** Makes a folder, if there is none, or ends the job. */
export function makeFolder(job: string, folder: string): void {
  attempt(job, `cannot make ${folder}`, () => mkdirSync(folder, { recursive: true }))
  checkFolder(job, folder)
}

function checkFolder(job: string, folder: string): void {
  // Of a file there is no '/.'.
  attempt(job, `cannot write into ${folder}`, () => {
    accessSync(`${folder}/.`, constants.W_OK)
  })
}

function attempt(job: string, problem: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    fail(job, `${problem}: ${error instanceof Error ? error.message : error}`)
  }
}
