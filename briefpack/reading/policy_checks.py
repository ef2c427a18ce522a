"""What a policy must keep, so that its markings can be joined: every fault, where it stands."""

from __future__ import annotations

from briefpack.policy import Policy
from briefpack.policy_terms import RELEASABLE, Caveat
from briefpack.reading.checks import Report
from briefpack.reading.context import words_of
from briefpack.reading.node import Node
from briefpack.reading.policy_wording import check_fields, check_printing, check_words


class PolicyChecks:
    """tree: what the policy was built from, without a fault so far."""

    def __init__(self, tree: Node, policy: Policy, report: Report) -> None:
        self._tree = tree
        self._policy = policy
        self._report = report
        self._by_name = {caveat.name: caveat for caveat in policy.caveats}

    def run(self) -> None:
        """Report every fault. Whether what is printed can be read back is tried last, and only where there is no other."""
        check_words(self._tree, self._report)
        check_fields(self._tree, self._policy, self._report)
        self._check_levels()
        if len(self._by_name) == len(self._policy.caveats):
            for node in self._tree.listed("caveats"):
                caveat = self._by_name[words_of(node.scalar("name"))]
                self._check_name(caveat, node)
                self._check_place(caveat, node)
                self._check_others(caveat, node)
                self._check_release(caveat, node)
        if not self._report.findings.has_errors:
            check_printing(self._tree, self._policy, self._report)

    def _error(self, node: Node, key: str, fact: str, remedy: str) -> None:
        """At the value of a key, where there is one."""
        self._report.error(node.values[key].where if key in node.values else node.where, fact, remedy)

    def _name(self, rank: int) -> str:
        return self._policy.levels[rank].name

    def _check_levels(self) -> None:
        for rank, (level, node) in enumerate(
            zip(self._policy.levels, self._tree.listed("levels"), strict=True)
        ):
            if level.based and not self._policy.release.base:
                self._error(
                    node,
                    "unmarked",
                    f"what is not marked for release at {level.name} is for the base, and the policy has none",
                    "add `base:` to `releasability`, or write `unmarked: everyone`",
                )
            if level.public and rank:
                self._error(
                    node,
                    "public",
                    f"{level.name} is for everybody, and {self._name(rank - 1)} is below it",
                    "only the lowest level can be public",
                )
            if level.public and level.based:
                self._error(
                    node,
                    "unmarked",
                    f"{level.name} is public, and yet only for the base",
                    "take `public` or `unmarked: base` away",
                )

    def _check_name(self, caveat: Caveat, node: Node) -> None:
        for key, word in (("name", caveat.name), ("kind", caveat.kind)):
            if word == RELEASABLE:
                self._error(
                    node,
                    key,
                    f"`{RELEASABLE}` is what says to whom a marking is releasable, and no {'caveat' if key == 'name' else 'kind of them'}",
                    "name it otherwise",
                )

    def _check_place(self, caveat: Caveat, node: Node) -> None:
        """At which levels it stands."""
        top = len(self._policy.levels) - 1
        brought = [self._by_name[name] for name in self._policy.rules.brought[caveat.name]]
        if caveat.highest < top and not caveat.contained:
            self._error(
                node,
                "levels",
                f"{caveat.name} stands at {self._name(caveat.highest)} and not above, but joined with what is higher it would",
                f"add the levels from {self._name(caveat.highest + 1)} on, or `contained: true` where these contain it",
            )
        if caveat.contained and caveat.highest == top:
            self._error(
                node,
                "contained",
                f"no level contains {caveat.name}: it stands at the highest one",
                "list under `levels` those at which it is written, or take `contained` away",
            )
        outside = [each for each in brought if not each.contained or each.highest > caveat.highest]
        if caveat.contained and caveat.highest < top and outside and outside != [caveat]:
            self._error(
                node,
                "contained",
                f"{self._name(caveat.highest + 1)} contains {caveat.name}, and would have {outside[0].name} with it",
                f"let it contain {outside[0].name} as well, or take `contained` away",
            )
        if caveat.contained and caveat.narrows is not None:
            self._error(
                node,
                "contained",
                f"what contains {caveat.name} would be narrowed by it",
                "take `contained` or `narrows` away",
            )
        raising = max(brought, key=lambda each: each.at_least)
        if raising.at_least > caveat.highest:
            self._error(
                node,
                "at_least" if raising is caveat else "implies",
                f"{raising.name} raises to {self._name(raising.at_least)}, where {caveat.name} does not stand",
                "let `levels` have that level, or raise to a lower one",
            )
        if self._policy.levels[0].public and caveat.lowest == 0 and "levels" in node.values:
            self._error(
                node,
                "levels",
                f"nothing stands with {self._name(0)}, which is public",
                f"take {self._name(0)} away from the levels of {caveat.name}",
            )
        stands = caveat.stands_for
        lowest = max(each.lowest for each in brought)
        if stands is not None and not max(lowest, raising.at_least) <= stands <= caveat.highest:
            self._error(
                node,
                "stands_for",
                f"{caveat.name} cannot stand for {self._name(stands)}, where it is not written",
                "name one of its levels",
            )

    def _check_others(self, caveat: Caveat, node: Node) -> None:
        """What it does to other caveats."""
        for name in caveat.excludes:
            if name == caveat.name:
                self._error(node, "excludes", f"{name} excludes itself", "name another caveat")
            elif name in caveat.implies:
                self._error(
                    node,
                    "excludes",
                    f"{caveat.name} both implies and excludes {name}",
                    "an excluded caveat is not printed, an implied one is: take one of them away",
                )
        if any(self._leads_back(caveat.name, name) for name in caveat.excludes if name != caveat.name):
            self._error(
                node,
                "excludes",
                f"{caveat.name} excludes what excludes {caveat.name}: where they meet, neither would be printed",
                "let only one of them exclude the other: the one that is printed in its stead",
            )

    def _leads_back(self, wanted: str, start: str) -> bool:
        queue, seen = [start], set[str]()
        while queue:
            name = queue.pop()
            if name == wanted:
                return True
            if name not in seen:
                seen.add(name)
                queue.extend(self._by_name[name].excludes)
        return False

    def _check_release(self, caveat: Caveat, node: Node) -> None:
        """To whom it is releasable at most."""
        base, narrows = self._policy.rules.base, caveat.narrows
        if caveat.excludes_release and not (narrows and narrows <= base):
            self._error(
                node,
                "excludes",
                f"{caveat.name} stands in the stead of a release, and does not say for whom it then is",
                "add `narrows:` with some of the policy's base"
                if base
                else "give `releasability` a `base:`, and the caveat `narrows:` with some of it",
            )
        elif narrows is not None and base and not narrows & base:
            self._error(
                node,
                "narrows",
                f"nobody would be left: those of {caveat.name} are none of the policy's base",
                "name some of the base, or add these to it",
            )
