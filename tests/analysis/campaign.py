"""Thousands of random claim sets through engine and oracle: `python -m tests.analysis.campaign [N]`.

Not part of the tests: it takes minutes, and finds something else on every run. The first difference is made as small
as it gets and told with the claims that it is about; it ends with exit code 1 then.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import SystemRandom

from hypothesis import HealthCheck, Phase, given, seed, settings

from avnkg.claims.model import Claim
from tests.analysis.claimsets import WORLD, claim_sets, voices
from tests.analysis.differences import differences, judged

Voices = dict[str, str]


class Differing(Exception):
    """Two claims that engine and oracle judge differently, as small as they get."""


def run(examples: int, number: int) -> Counter[str]:
    """Return how often each verdict came up in so many random claim sets.

    Raises:
        Differing: at the first difference.
    """
    verdicts: Counter[str] = Counter()

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(claim_sets(30, 60), voices())
    def compare(claims: tuple[Claim, ...], voices: Voices) -> None:
        if differences(claims, WORLD, voices):
            raise Differing(differences(smallest(claims, voices), WORLD, voices)[0])
        verdicts.update(judgement.verdict for judgement in judged(claims, WORLD, voices).values())

    compare()
    return verdicts


def smallest(claims: tuple[Claim, ...], voices: Voices) -> tuple[Claim, ...]:
    """Return what is left of claims when all is taken away without which there is a difference still."""
    for fewer in _smaller(claims):
        if differences(fewer, WORLD, voices):
            return smallest(fewer, voices)
    return claims


def _smaller(claims: tuple[Claim, ...]) -> Iterator[tuple[Claim, ...]]:
    """Yield the claims without some of them, then with one of them saying less."""
    half = len(claims) // 2
    if half > 1:
        yield from (claims[:half], claims[half:])
    if len(claims) > 2:
        yield from (claims[:at] + claims[at + 1 :] for at in range(len(claims)))
        return
    for at, claim in enumerate(claims):
        less = [replace(claim, scope=tuple(each for each in claim.scope if each is not left)) for left in claim.scope]
        less += [replace(claim, cites=())] if claim.cites else []
        less += [replace(claim, frequency=None)] if claim.frequency else []
        said = claim.proposition
        plainer = (replace(said, endpoint=None), replace(said, excludes=()), replace(said, subject_excludes=()))
        less += [replace(claim, proposition=each) for each in plainer if each != said]
        yield from ((*claims[:at], each, *claims[at + 1 :]) for each in less)


def main(arguments: list[str]) -> int:
    """Compare on as many claim sets as the first argument says, by default a thousand."""
    examples = int(arguments[0]) if arguments else 1000
    number = int(arguments[1]) if len(arguments) > 1 else SystemRandom().randrange(2**32)
    sys.stdout.write(f"{examples} claim sets, seed {number}\n")
    try:
        verdicts = run(examples, number)
    except Differing as difference:
        sys.stdout.write(f"{difference}\n")
        return 1
    for verdict, count in verdicts.most_common():
        sys.stdout.write(f"{count:>9} {verdict}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
