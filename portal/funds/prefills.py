"""What the portal can find out by itself about a bid at the gate: packages that know bids register it here, with its name."""

PREFILLS: dict[str, str] = {}  # key → what is looked at


def looks_at(key: str, label: str) -> None:
    PREFILLS[key] = label
