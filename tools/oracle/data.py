"""The fixtures of chapter 7: files that PyTorch writes, and what it makes of ours."""

import data_dtypes
import data_images
import data_network
import data_transforms


def main():
    data_dtypes.main()
    data_images.main()
    data_network.main()
    data_transforms.main()


if __name__ == "__main__":
    main()
