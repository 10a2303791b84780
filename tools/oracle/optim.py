"""The fixtures of chapter 4: optimizers, schedules and gradient clipping."""

import optim_chained_schedules
import optim_clip
import optim_schedules
import optim_steps


def main():
    optim_steps.main()
    optim_schedules.main()
    optim_chained_schedules.main()
    optim_clip.main()


if __name__ == "__main__":
    main()
