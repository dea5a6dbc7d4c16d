"""Where in a TOML text each key stands, which `tomllib` doesn't tell."""

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")

Path = tuple[str, ...]


def key_lines(text: str) -> dict[Path, int]:
    """Line (from 1) of every key and table header, by its path; tables of an array carry their index."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    quote = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if quote:
            quote = _quote_after(line, quote)
            continue
        header = _HEADER.match(line)
        if header:
            table = _table(header, counts)
            lines.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            path = (*table, *_parts(key.group(1)))
            for length in range(len(table) + 1, len(path) + 1):
                lines.setdefault(path[:length], number)
        quote = _quote_after(line, "")
    return lines


def _table(header: re.Match[str], counts: dict[Path, int]) -> Path:
    path = _parts(header.group(2))
    if header.group(1) == "[":
        return path
    index = counts.get(path, 0)
    counts[path] = index + 1
    return (*path, str(index))


def _parts(text: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(text))


def _quote_after(line: str, quote: str) -> str:
    """The triple quote that is still open after this line, or nothing."""
    rest = line
    while True:
        if quote:
            end = rest.find(quote)
            if end < 0:
                return quote
            rest, quote = rest[end + 3 :], ""
        starts = [(rest.find(mark), mark) for mark in ('"""', "'''") if mark in rest]
        if not starts:
            return ""
        begin, quote = min(starts)
        rest = rest[begin + 3 :]
