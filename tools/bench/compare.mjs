import { startProcess } from './process.mjs'

/** How long each peer works, in seconds: before it is measured, and in each round. */
export const thorough = { warmUp: 0.6, rounds: 5, round: 0.3 }
export const quick = { warmUp: 0.2, rounds: 1, round: 0.2 }

/**
 * Measures one item of work with every peer. Each peer has a new process for each item,
 * so that no figure depends on what was measured before. They take turns, one at a time:
 * what disturbs the machine for a while disturbs all of them, and the best of a peer's
 * rounds is the one that was disturbed least.
 */
export async function compare(item, peers, effort) {
  const runners = []
  for (const peer of peers) runners.push(await begin(item, peer))
  checkSameNumbers(runners)
  await playRound(runners, effort.warmUp)
  for (const runner of runners) runner.rounds = []
  for (let i = 0; i < effort.rounds; i++) await playRound(runners, effort.round)
  for (const { process } of runners) await process?.stop()
  return runners.map(({ peer, version, rounds, lacks, error }) =>
    rounds.length > 0 && error === undefined
      ? { peer: peer.id, version, seconds: Math.min(...rounds), rounds }
      : { peer: peer.id, version, lacks, error },
  )
}

/** Starts a peer and lets it do the work once, to see that it can. */
async function begin(item, peer) {
  const runner = { peer, rounds: [] }
  await attempt(runner, async () => {
    runner.process = await startProcess(peer.command)
    const { version, kinds } = runner.process.hello
    runner.version = version
    runner.lacks = !kinds.includes(item.kind)
    if (runner.lacks) return
    const { sample } = await runner.process.ask({ prepare: item })
    runner.sample = sample
  })
  return runner
}

/** Peers whose numbers differ from DeepDive's do other work: their time says nothing. */
function checkSameNumbers(runners) {
  const [first, ...others] = runners.filter(able)
  for (const other of others) {
    const apart = other.sample.some(
      (value, i) =>
        !(Math.abs(value - first.sample[i]) <= 1e-4 * (1 + Math.abs(value))),
    )
    if (apart) {
      other.error =
        `computed other numbers than ${first.peer.name}: ` +
        `[${other.sample}] instead of [${first.sample}]`
    }
  }
}

async function playRound(runners, budget) {
  for (const runner of runners.filter(able)) {
    await attempt(runner, async () => {
      const { seconds } = await runner.process.ask({ round: budget })
      runner.rounds.push(seconds)
    })
  }
}

const able = ({ lacks, error }) => !lacks && error === undefined

async function attempt(runner, action) {
  try {
    await action()
  } catch (error) {
    runner.error = error.message
  }
}
