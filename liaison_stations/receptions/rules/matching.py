"""Who can fill which place, each once: the largest set of pairs (augmenting paths)."""

from collections.abc import Sequence


def most_pairs(choices: Sequence[Sequence[int]]) -> dict[int, int]:
    """`choices[place]` are the people who could fill it; answers place → person, as many as possible."""
    held: dict[int, int] = {}

    def place(number: int, seen: set[int]) -> bool:
        for person in choices[number]:
            if person in seen:
                continue
            seen.add(person)
            if person not in held or place(held[person], seen):
                held[person] = number
                return True
        return False

    for number in range(len(choices)):
        place(number, set())
    return {number: person for person, number in held.items()}
