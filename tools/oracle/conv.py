"""The fixtures of chapter 5: convolution, pooling, resampling, normalisation, models."""

import conv_convolution
import conv_layers
import conv_models
import conv_normalization
import conv_pooling
import conv_resampling
import conv_sizes


def main():
    conv_convolution.main()
    conv_pooling.main()
    conv_resampling.main()
    conv_normalization.main()
    conv_layers.main()
    conv_models.main()
    conv_sizes.main()


if __name__ == "__main__":
    main()
