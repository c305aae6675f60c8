"""What sealing and opening an envelope costs, as a ratio to hashing one megabyte in the same run.

Run with `python -m benchmarks.sealing`. Ratios hold between machines better than milliseconds do.
"""

from collections.abc import Callable
from hashlib import sha256
from statistics import median
from time import perf_counter

from cryptography.hazmat.primitives.asymmetric import ec

from awards.ballots.sealing import open_inner, open_outer, seal

ROUNDS = 300


def milliseconds(act: Callable[[], object]) -> float:
    """The median time of one `act`."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        act()
        times.append(perf_counter() - start)
    return median(times) * 1000


def main() -> None:
    lock_a, lock_b = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    public_a, public_b = lock_a.public_key(), lock_b.public_key()
    manifest, ballot, megabyte = "ab" * 32, b'{"ranking":["c3","c1","c2"]}', bytes(1_000_000)
    outer = seal(ballot, public_a, public_b, manifest).outer
    inner = open_outer(outer, lock_a, manifest)
    unit = milliseconds(lambda: sha256(megabyte).digest())
    print(f"{'sha256 of 1 MB':<22}{unit:8.3f} ms  ratio 1.00")
    acts: dict[str, Callable[[], object]] = {
        "seal both layers": lambda: seal(ballot, public_a, public_b, manifest),
        "open lock A": lambda: open_outer(outer, lock_a, manifest),
        "open lock B": lambda: open_inner(inner, lock_b, manifest),
    }
    for name, act in acts.items():
        took = milliseconds(act)
        print(f"{name:<22}{took:8.3f} ms  ratio {took / unit:.2f}")


if __name__ == "__main__":
    main()
