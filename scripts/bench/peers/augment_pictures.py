"""Augments made-up pictures of 32 x 32 x 3 bytes, batch by batch; prints how many a second as JSON.

usage: augment_pictures.py keras|torchvision BATCH
"""

import json
import os
import sys
import time

import numpy

BATCHES = 60
WARM_UP = 5


def pictures(batch):
    return numpy.random.default_rng(1).integers(0, 256, (8 * batch, 32, 32, 3), numpy.uint8)


def keras(batch):
    os.environ['CUDA_VISIBLE_DEVICES'] = ''
    import keras
    import tensorflow

    layers = [
        keras.layers.RandomFlip('horizontal'),
        keras.layers.RandomZoom(0.1, fill_mode='nearest'),
        keras.layers.RandomRotation(15 / 360, fill_mode='nearest'),
        keras.layers.RandomTranslation(0.1, 0.1, fill_mode='nearest'),
        keras.layers.RandomBrightness(0.2),
        keras.layers.RandomContrast(0.2, value_range=(0, 255)),
    ]

    def augment(samples):
        samples = tensorflow.cast(samples, tensorflow.float32)
        for layer in layers:
            samples = layer(samples, training=True)
        return samples + tensorflow.random.normal(tensorflow.shape(samples), stddev=0.05 * 255 / 2)

    data = tensorflow.data.Dataset.from_tensor_slices(pictures(batch)).repeat().batch(batch)
    return iter(data.map(augment, num_parallel_calls=tensorflow.data.AUTOTUNE).prefetch(tensorflow.data.AUTOTUNE))


def torchvision(batch):
    import torch
    from torchvision.transforms import v2

    change = v2.Compose(
        [
            v2.RandomHorizontalFlip(),
            v2.RandomAffine(15, translate=(0.1, 0.1), scale=(0.9, 1.1), interpolation=v2.InterpolationMode.BILINEAR),
            v2.ColorJitter(brightness=0.2, contrast=0.2),
            v2.ToDtype(torch.float32, scale=True),
            v2.GaussianNoise(sigma=0.025),
        ]
    )
    samples = torch.from_numpy(pictures(batch)).permute(0, 3, 1, 2).contiguous()

    class Pictures(torch.utils.data.Dataset):
        def __len__(self):
            return (BATCHES + WARM_UP + 8) * batch

        def __getitem__(self, at):
            return change(samples[at % len(samples)])

    return iter(torch.utils.data.DataLoader(Pictures(), batch_size=batch, num_workers=2))


def main(way, batch):
    batches = {'keras': keras, 'torchvision': torchvision}[way](int(batch))
    for _ in range(WARM_UP):
        next(batches)
    begun = time.perf_counter()
    for _ in range(BATCHES):
        next(batches)
    print(json.dumps({'imagesPerSecond': BATCHES * int(batch) / (time.perf_counter() - begun)}))


if __name__ == '__main__':
    main(*sys.argv[1:])
