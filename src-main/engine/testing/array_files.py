"""Writes arrays with NumPy and Python's pickle into a folder, and tells what numbers each file holds, in C order."""

import json
import pickle
import sys
from pathlib import Path

import numpy

question = json.load(sys.stdin)
folder = Path(question["folder"])
random = numpy.random.default_rng(1)


def numbers(array):
    values = numpy.ascontiguousarray(array).astype(numpy.float64).ravel()
    return {"shape": list(array.shape), "values": [number(float(value)) for value in values]}


def number(value):
    """A number as JSON has it, which knows finite ones only; the others as JavaScript writes them."""
    if numpy.isfinite(value):
        return value
    return "NaN" if numpy.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def some(dtype, shape):
    kind = numpy.dtype(dtype)
    if kind.kind == "b":
        return random.integers(0, 2, shape).astype(dtype)
    if kind.kind == "f":
        return random.normal(0, 100, shape).astype(dtype)
    info = numpy.iinfo(kind)
    # Up to 2^53 all are exact.
    low, high = max(info.min, -(2**53)), min(info.max, 2**53)
    return random.integers(low, high, shape, dtype=numpy.int64).astype(dtype)


files = []


def wrote(path, arrays, texts=None):
    files.append({"file": str(path), "arrays": {k: numbers(a) for k, a in arrays.items()}, "texts": texts or {}})


types = ["|b1", "|i1", "|u1"] + [f"{order}{code}" for order in "<>" for code in "i2 u2 i4 u4 i8 u8 f2 f4 f8".split()]
for dtype in types:
    for shape in [(3, 4, 5), (7,), ()]:
        for fortran in [False, True] if len(shape) == 3 else [False]:
            array = some(dtype, shape) if shape else numpy.asarray(some(dtype, (1,))[0], dtype=dtype)
            array = numpy.asfortranarray(array) if fortran else array
            path = folder / f"{dtype[1:]}-{'big' if dtype[0] == '>' else 'little'}-{len(shape)}-{fortran}.npy"
            with open(path, "wb") as file:
                numpy.lib.format.write_array(file, array, version=(1 + len(shape) % 2, 0))
            wrote(path, {"": array})

odd = numpy.array([0.0, -0.0, 1e-7, 65504, numpy.inf, -numpy.inf, numpy.nan, 6e-8], "<f2")
numpy.save(folder / "halves.npy", odd)
wrote(folder / "halves.npy", {"": odd})

named = {"images": some("|u1", (4, 5, 6)), "labels": some("<i8", (4,)), "weights": numpy.asfortranarray(some(">f8", (3, 2)))}
numpy.savez(folder / "plain.npz", **named)
wrote(folder / "plain.npz", named)
numpy.savez_compressed(folder / "packed.npz", **named)
wrote(folder / "packed.npz", named)

for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    data = {
        "scalar": numpy.float32(1.5),
        "numbers": [1, 2, 300, 70000, -5],
        "mixed": (1, 2.5, -3e300),
        "array": some("<f4", (3, 4)),
        "fortran": numpy.asfortranarray(some("<u2", (3, 4))),
        "big": some(">i4", (5,)),
        "names": ["cat", "кот", "猫\n\\"],
        "nothing": None,
        "yes": True,
        "empty": [],
    }
    path = folder / f"mixed-{protocol}.pkl"
    path.write_bytes(pickle.dumps(data, protocol))
    kept = {k: numpy.asarray(data[k]) for k in ["scalar", "numbers", "mixed", "array", "fortran", "big"]}
    wrote(path, kept, {"names": data["names"]})

    rows = some("|u1", (5, 3072))
    batch = {b"data": rows, b"labels": [3, 1, 4, 1, 5], b"filenames": [b"a.png"] * 5, b"batch_label": b"one of one"}
    path = folder / f"cifar-{protocol}.pkl"
    path.write_bytes(pickle.dumps(batch, protocol))
    images = rows.reshape(5, 3, 32, 32).transpose(0, 2, 3, 1)
    wrote(path, {"images": images, "labels": numpy.array(batch[b"labels"])}, {"filenames": ["a.png"] * 5})

    lone = some("<f8", (2, 3))
    path = folder / f"lone-{protocol}.pkl"
    path.write_bytes(pickle.dumps(lone, protocol))
    wrote(path, {"": lone})

print(json.dumps(files))
