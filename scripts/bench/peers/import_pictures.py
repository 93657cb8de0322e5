"""Decodes every picture of a folder with class folders and brings it to one size; prints the seconds as JSON.

usage: import_pictures.py keras|torchvision|libvips FOLDER SIDE
"""

import json
import os
import sys
import time


def keras(folder, side):
    os.environ['CUDA_VISIBLE_DEVICES'] = ''
    from keras.utils import image_dataset_from_directory

    def read():
        options = {'image_size': (side, side), 'batch_size': 128, 'shuffle': False, 'verbose': False}
        return sum(int(labels.shape[0]) for _, labels in image_dataset_from_directory(folder, **options))

    return read


def torchvision(folder, side):
    from torch.utils.data import DataLoader
    from torchvision import datasets, transforms

    def read():
        prepare = transforms.Compose([transforms.Resize((side, side)), transforms.PILToTensor()])
        loader = DataLoader(datasets.ImageFolder(folder, prepare), batch_size=128, num_workers=2)
        return sum(len(labels) for _, labels in loader)

    return read


def libvips(folder, side):
    import pyvips

    def read():
        count = 0
        for name in sorted(os.listdir(folder)):
            for file in sorted(os.listdir(os.path.join(folder, name))):
                path = os.path.join(folder, name, file)
                picture = pyvips.Image.thumbnail(path, side, height=side, size='force')
                count += len(picture.write_to_memory()) > 0
        return count

    return read


def main(way, folder, side):
    read = {'keras': keras, 'torchvision': torchvision, 'libvips': libvips}[way](folder, int(side))
    begun = time.perf_counter()
    count = read()
    print(json.dumps({'seconds': time.perf_counter() - begun, 'count': count}))


if __name__ == '__main__':
    main(*sys.argv[1:])
