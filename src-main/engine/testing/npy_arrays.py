"""Writes and reads .npy files with numpy: for each file its type, sizes, and the SHA-256 of its values in C order."""

import hashlib
import json
import sys

import numpy


def make(order):
    """An array of random numbers as a file in the type, sizes, order and version of the format that are asked for."""
    random = numpy.random.default_rng(order["seed"])
    values = random.uniform(0, 255, order["shape"]) if order["shape"] != [] else numpy.float64(7.5)
    array = numpy.asarray(values).astype(order["dtype"])
    if order.get("fortran"):
        array = numpy.asfortranarray(array)
    with open(order["path"], "wb") as file:
        numpy.lib.format.write_array(file, array, tuple(order.get("version", [1, 0])))
    return described(array)


def described(array):
    plain = numpy.ascontiguousarray(array)
    return {
        "dtype": array.dtype.str,
        "shape": list(array.shape),
        "hash": hashlib.sha256(plain.tobytes()).hexdigest(),
    }


question = json.load(sys.stdin)
made = [make(order) for order in question["write"]]
# Memory maps check that the file is as long as its header says.
read = [described(numpy.load(path, mmap_mode="r")) for path in question["read"]]
print(json.dumps({"made": made, "read": read}))
