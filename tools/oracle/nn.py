"""The fixtures of chapter 3: layers, losses and initialisation."""

import nn_activations
import nn_attention
import nn_init
import nn_layers
import nn_losses
import nn_normalization
import nn_recurrent


def main():
    nn_layers.main()
    nn_activations.main()
    nn_normalization.main()
    nn_attention.main()
    nn_recurrent.main()
    nn_losses.main()
    nn_init.main()


if __name__ == "__main__":
    main()
