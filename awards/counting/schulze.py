"""Ranked ballots: the Schulze method with winning votes, then fewer losing votes.

M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
method" (Social Choice and Welfare 36, 2011); the variant of Debian's constitution (A.5) and of Belenios.
"""

from collections.abc import Collection, Mapping

Pairwise = Mapping[str, Mapping[str, int]]

# Weaker than every edge: an edge has at least one winning vote.
_NO_PATH = (0, 0)


def count_pairs(candidates: Collection[str], rankings: Mapping[tuple[str, ...], int]) -> dict[str, dict[str, int]]:
    """`pairs[a][b]`: how many ballots rank a above b. `rankings` tells how often each ranking, best first, was cast.

    A ranked candidate is above every unranked one; two unranked ones are not compared.
    """
    pairs = {a: {b: 0 for b in candidates if b != a} for a in candidates}
    for ranking, times in rankings.items():
        below = set(candidates)
        for above in ranking:
            below.remove(above)
            for other in below:
                pairs[above][other] += times
    return pairs


def top_set(pairs: Pairwise) -> frozenset[str]:
    """The candidates that no other beats by a stronger path. Never empty when there are candidates."""
    path = _strongest_paths(pairs)
    return frozenset(a for a in pairs if all(path[a][b] >= path[b][a] for b in pairs[a]))


def _strongest_paths(pairs: Pairwise) -> dict[str, dict[str, tuple[int, int]]]:
    """The strength of the strongest path between any two: (winning votes, minus losing votes) of its weakest edge."""
    path = {
        a: {b: (pairs[a][b], -pairs[b][a]) if pairs[a][b] > pairs[b][a] else _NO_PATH for b in pairs[a]} for a in pairs
    }
    for via in pairs:  # Floyd and Warshall, with min for "along" and max for "or"
        for a in pairs:
            for b in pairs:
                if len({a, b, via}) == 3:
                    path[a][b] = max(path[a][b], min(path[a][via], path[via][b]))
    return path
