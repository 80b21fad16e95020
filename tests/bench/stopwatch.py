"""Time two sides of the same work in turn, and say how they compare."""

import gc
import time
from dataclasses import dataclass, field
from statistics import median

ROUNDS = 5


@dataclass
class Measure:
    """One thing both sides can do: callables without arguments, timed in turn.

    `faster`: our target as rows a second over theirs, at least; `slower`: our seconds
    over theirs, at most; with neither it is for orientation only. `rows`: how many
    rows one call makes (ours, theirs, raw), for things that make rows. `raw` is the
    same work in plain SQL, what the machine could do.
    """

    what: str
    ours: object
    theirs: object = None
    raw: object = None
    faster: float = None
    slower: float = None
    rows: tuple = None
    calls: int = 1  # in one round, to even out small ones
    seconds: dict = field(default_factory=dict)

    @property
    def sides(self):
        named = {"ours": self.ours, "theirs": self.theirs, "raw": self.raw}
        return {name: call for name, call in named.items() if call}

    def run(self, before, after, report):
        """Time every side in each round, so that a busy moment hits all alike."""
        for name, call in self.sides.items():
            self.seconds[name] = []
            if self.calls > 1:
                before(), call(), after()  # warm what a running server has warm
        for nth in range(ROUNDS):
            for name in self.seconds:
                self.seconds[name].append(0)
            for _call in range(self.calls):
                for name, call in self.sides.items():
                    before()
                    gc.collect()
                    start = time.perf_counter()
                    call()
                    self.seconds[name][-1] += time.perf_counter() - start
                    after()
            report(self, nth)

    def value(self, name):
        """The side's median: rows a second, or milliseconds a call; None if absent."""
        if name not in self.seconds:
            return None
        one = median(self.seconds[name]) / self.calls
        if self.rows:
            return self.rows[list(self.seconds).index(name)] / one
        return one * 1000

    @property
    def ratio(self):
        theirs = self.value("theirs")
        return self.value("ours") / theirs if theirs else None

    @property
    def verdict(self):
        """met, MISSED, or nothing where there is no target."""
        if self.faster:
            return "met" if self.ratio >= self.faster else "MISSED"
        if self.slower:
            return "met" if self.ratio <= self.slower else "MISSED"
        return ""

    def line(self):
        """The cells of the table."""
        unit = "rows/s" if self.rows else "ms"
        digits = 0 if self.rows else 1
        target = ""
        if self.faster:
            target = f"≥ {self.faster:g}"
        elif self.slower:
            target = f"≤ {self.slower:g}"
        numbers = [self.value(name) for name in ("ours", "theirs", "raw")]
        return [
            self.what,
            *(f"{one:,.{digits}f} {unit}" if one else "" for one in numbers),
            f"{self.ratio:.2f}" if self.ratio else "",
            target,
            self.verdict,
        ]


def table(heads, lines):
    """Lines of cells under their heads, in columns."""
    rows = [heads, *lines]
    widths = [max(len(row[nth]) for row in rows) for nth in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if nth == 0 else cell.rjust(width)
            for nth, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
